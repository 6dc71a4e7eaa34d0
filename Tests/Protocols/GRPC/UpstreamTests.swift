import Buffers
import Canonical
import HTTP
import Testing

@testable import Engine
@testable import GRPC

@Suite struct UpstreamTests {
    // MARK: Requests

    private func request(
        _ name: String, _ parts: [RequestPart], timeout: Duration? = nil, limits: RouteLimits = RouteLimits()
    ) throws -> [HTTPRequestPart] {
        let context = CallContext.test(limits: limits)
        context.timeout = timeout
        let upstream = GRPCUpstreamFactory(try Echo.method(name)).makeUpstream(context)
        var wire = Outbox<HTTPRequestPart>()
        for part in parts { try upstream.encode(part, into: &wire) }
        var found: [HTTPRequestPart] = []
        while let part = wire.popFirst() { found.append(part) }
        return found
    }

    private func parts(_ name: String, _ texts: String..., fields: [(String, String)] = []) throws -> [RequestPart] {
        let method = try Echo.method(name)
        let messages = texts.map { RequestPart.message(method.request.message(note($0), as: .protobuf)) }
        return [.head(HTTPRequestHead(.get, "/rest/path", fields))] + messages + [.end(trailers: nil)]
    }

    @Test func `a request has the head of gRPC and the metadata of the client`() throws {
        let fields = [
            ("accept", "application/json"), ("content-type", "application/json"), ("x-one", "1"), ("x-bin", "AA=="),
            ("connection", "x-hop"), ("x-hop", "h"), ("grpc-timeout", "9S"), ("x-forwarded-for", "10.0.0.1"),
        ]
        let wire = try request("Bidi", parts("Bidi", "a", "b", fields: fields), timeout: .seconds(2))
        guard case .head(let head) = try #require(wire.first) else { return }
        #expect(head.method == .post)
        #expect(String(decoding: head.target, as: UTF8.self) == "/test.v1.Echo/Bidi")
        #expect(head.authority.isEmpty && head.body == .unknown)
        #expect(
            head.headers.lines == [
                "te: trailers", "content-type: application/grpc", "grpc-accept-encoding: identity,deflate,gzip",
                "grpc-timeout: 2000000u", "x-one: 1", "x-bin: AA==".replacing("=", with: ""),
                "x-forwarded-for: 192.0.2.1", "x-forwarded-proto: http", "x-forwarded-host: example.org",
                "via: 1.1 dragoman",
            ])
        #expect(wire.count == 4)
        guard case .body(let body) = wire[2], case .end(nil) = wire[3] else { return #expect(Bool(false)) }
        #expect(body == envelope(note("b")))
    }

    @Test func `one call obeys the route's timeout, a stream only the client's`() throws {
        func timeout(_ name: String, _ client: Duration?) throws -> String? {
            let limits = RouteLimits(timeout: .seconds(5))
            let wire = try request(name, parts(name, "a"), timeout: client, limits: limits)
            guard case .head(let head) = try #require(wire.first) else { return nil }
            return head.headers[.grpcTimeout]
        }
        #expect(try timeout("Unary", nil) == "5000000u")
        #expect(try timeout("Unary", .seconds(1)) == "1000000u")
        #expect(try timeout("Unary", .seconds(9)) == "5000000u")
        #expect(try timeout("Server", nil) == nil)
        #expect(try timeout("Bidi", .seconds(9)) == "9000000u")
    }

    @Test func `what cannot be written reaches nobody`() throws {
        let method = try Echo.method("Unary")
        let wrong = method.request.message(Bytes(#"{"unknown":1}"#), as: .json)
        #expect(throws: Failure.self) {
            try request("Unary", [.head(HTTPRequestHead(.post, "/x", [])), .message(wrong)])
        }
        #expect(throws: Failure.self) {
            try request("Unary", [.head(HTTPRequestHead(.post, "/x", [])), .end(trailers: nil)])
        }
        #expect(throws: Failure.self) { try request("Unary", parts("Unary", "a", "b")) }
        #expect(try request("Unary", [.head(HTTPRequestHead(.post, "/x", []))]).isEmpty)
        #expect(try request("Client", [.head(HTTPRequestHead(.post, "/x", []))]).count == 1)
    }

    @Test func `JSON becomes protobuf on the way`() throws {
        let method = try Echo.method("Unary")
        let json = method.request.message(Bytes(#"{"text":"hello"}"#), as: .json)
        let wire = try request("Unary", [.head(HTTPRequestHead(.post, "/x", [])), .message(json), .end(trailers: nil)])
        guard case .body(let body) = wire[1] else { return #expect(Bool(false)) }
        #expect(body == envelope(note("hello")))
    }

    // MARK: Responses

    private struct Answer {
        var fields: [String] = []
        var texts: [String] = []
        var trailers: [String] = []
        var failure: Failure?
        var isSuccess = false

        var summary: String { failure.map { "\($0.code) \($0.reason)" } ?? "\(texts)" }
    }

    private func answer(
        _ name: String, _ fields: [(String, String)], status: Int = 200, _ body: [Bytes] = [],
        trailers: [(String, String)]? = [("grpc-status", "0")], messageBytes: Int = 1000
    ) throws -> Answer {
        let method = try Echo.method(name, messageBytes: messageBytes)
        let upstream = GRPCUpstreamFactory(method).makeUpstream(.test())
        var head = HTTPResponseHead(status: status)
        head.headers = Headers(fields)
        var wire: [HTTPResponsePart] = [.head(head)]
        wire += body.map { .body($0) }
        wire.append(.end(trailers: trailers.map(Headers.init)))
        var parts = Outbox<ResponsePart>()
        var answer = Answer()
        do throws(Failure) {
            for part in wire { try upstream.decode(part, into: &parts) }
        } catch {
            answer.failure = error
        }
        while let part = parts.popFirst() {
            switch part {
            case .interim: break
            case .head(let head): answer.fields = head.headers.lines
            case .message(.encoded(let bytes, _)): answer.texts.append(try text(of: bytes))
            case .message: answer.texts.append("?")
            case .end(.success(let trailers)):
                answer.isSuccess = true
                answer.trailers = trailers?.lines ?? []
            case .end(.failure(let failure)): answer.failure = failure
            }
        }
        return answer
    }

    private let grpc = [("content-type", "application/grpc+proto")]

    @Test func `messages and metadata come back`() throws {
        let body = Bytes(envelope(note("a")).array + envelope(note("b")).array)
        for cut in 0...body.count {
            let answer = try answer(
                "Server", grpc + [("x-head", "h"), ("grpc-encoding", "identity")],
                [body[0..<cut], body[cut..<body.count]],
                trailers: [("grpc-status", "0"), ("grpc-message", ""), ("x-trail", "t")])
            #expect(answer.texts == ["a", "b"] && answer.isSuccess)
            #expect(answer.fields == ["x-head: h"] && answer.trailers == ["x-trail: t"])
        }
    }

    @Test func `compressed messages come back`() throws {
        let packed = envelope(deflated(note("packed"), .gzip), flags: 1)
        #expect(try answer("Unary", grpc + [("grpc-encoding", "gzip")], [packed]).summary == #"["packed"]"#)
    }

    @Test func `what breaks the protocol is the service's fault`() throws {
        let message = envelope(note("a"))
        let packed = envelope(deflated(note("a"), .gzip), flags: 1)
        let ok = [("grpc-status", "0")]
        let rows: [([(String, String)], Int, [Bytes], [(String, String)]?, String)] = [
            (grpc, 200, [], ok, "internal grpc.cardinality"),
            (grpc, 200, [message, message], ok, "internal grpc.cardinality"),
            (grpc, 200, [message], nil, "internal grpc.no_status"),
            (grpc, 200, [message], [], "internal grpc.no_status"),
            (grpc, 200, [message], [("grpc-status", "x")], "unknown grpc.status"),
            (grpc, 200, [message], [("grpc-status", "17")], "unknown grpc.status"),
            (grpc, 200, [message[0..<6]], ok, "internal grpc.truncated"),
            (grpc, 200, [message[0..<6]], [("grpc-status", "8")], "resourceExhausted grpc.status"),
            (grpc, 200, [packed], ok, "internal grpc.compression"),
            (grpc + [("grpc-encoding", "br")], 200, [packed], ok, "internal grpc.encoding"),
            (grpc, 200, [envelope(note("a"), flags: 2)], ok, "internal grpc.flags"),
            (grpc, 200, [Bytes([0, 0, 1, 0, 0])], ok, "resourceExhausted message.too_large"),
            ([("content-type", "text/html")], 200, [], ok, "unknown grpc.not_grpc"),
            ([], 200, [], ok, "unknown grpc.not_grpc"),
            ([("content-type", "text/html")], 404, [], nil, "unimplemented grpc.http_status"),
            (grpc, 503, [], nil, "unavailable grpc.http_status"),
            (grpc + [("grpc-status", "5")], 404, [], nil, "notFound grpc.status"),
        ]
        for (fields, status, body, trailers, expected) in rows {
            let answer = try answer("Unary", fields, status: status, body, trailers: trailers)
            #expect(answer.summary == expected)
            #expect(answer.failure?.origin == .upstream && answer.texts.isEmpty)
        }
    }

    @Test(arguments: [
        (400, FailureCode.internal), (401, .unauthenticated), (403, .permissionDenied), (404, .unimplemented),
        (429, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable), (500, .unknown),
        (302, .unknown), (418, .unknown),
    ])
    func `an HTTP status means what the table says`(status: Int, code: FailureCode) throws {
        #expect(try answer("Unary", [], status: status, trailers: nil).failure?.code == code)
    }

    @Test func `an answer that is a head alone has its status there`() throws {
        let fields = grpc + [("grpc-status", "7"), ("grpc-message", "not%20you"), ("x-why", "w")]
        let failure = try #require(try answer("Unary", fields, trailers: nil).failure)
        #expect(failure.code == .permissionDenied && failure.message == "not you")
        #expect(failure.headers.map { "\($0.name): \($0.value)" } == ["x-why: w"])
        #expect(try answer("Server", grpc + [("grpc-status", "0")], trailers: nil).isSuccess)
        #expect(
            try answer("Unary", grpc + [("grpc-status", "0")], trailers: nil).summary == "internal grpc.cardinality")
    }
}
