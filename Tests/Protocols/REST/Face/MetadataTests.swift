import Buffers
import Canonical
import HTTP
import REST
import Testing

@testable import Engine

/// What goes with messages: fields of heads and trailers, and the client's patience.
@Suite struct MetadataTests {
    private struct Seen: Equatable {
        var head: [String] = []
        var isWhole = false
        var trailers: [String] = []
        var length = BodyLength.none
    }

    private static func show(_ headers: Headers) -> [String] {
        (0..<headers.endIndex).map {
            "\(String(decoding: headers.name(at: $0)))=\(String(decoding: headers.value(at: $0)))"
        }
    }

    private static func headers(_ fields: [(String, String)]) -> Headers {
        var headers = Headers()
        for (name, value) in fields { headers.append(name, value) }
        return headers
    }

    private func answer(_ parts: [ResponsePart], te: String? = nil) throws -> Seen {
        let face = try Exchange().face()
        var ignored = Outbox<RequestPart>()
        var wire = Outbox<HTTPResponsePart>()
        var head = HTTPRequestHead()
        if let te { head.headers.append(.te, te) }
        try face.decode(.head(head), into: &ignored)
        for part in parts { try face.encode(part, into: &wire) }
        var seen = Seen()
        while let part = wire.popFirst() {
            switch part {
            case .head(let head):
                seen.head = Self.show(head.headers)
                seen.length = head.body
            case .end(let trailers):
                seen.isWhole = true
                seen.trailers = trailers.map(Self.show) ?? []
            case .body, .interim: break
            }
        }
        return seen
    }

    private func parts(
        _ outcome: (Headers) -> Outcome, trailers: [(String, String)] = [("x-t", "2"), ("x-t-bin", "AA")]
    ) throws -> [ResponsePart] {
        var head = HTTPResponseHead(status: 200)
        head.headers = Self.headers([("x-a", "1"), ("content-type", "application/grpc"), ("grpc-encoding", "gzip")])
        let message = try Exchange().success("{}")[1]
        return [.head(head), message, .end(outcome(Self.headers(trailers)))]
    }

    @Test func `fields of the answer's head are fields of ours, but for those of its body`() throws {
        let seen = try answer(try parts { .success(trailers: $0) })
        #expect(seen.head == ["content-type=application/json", "x-a=1"])
        #expect(seen.trailers == [] && seen.length != .unknown)
    }

    @Test func `trailers go to who takes them`() throws {
        let seen = try answer(try parts { .success(trailers: $0) }, te: "trailers, deflate;q=0.5")
        #expect(seen.trailers == ["x-t=2", "x-t-bin=AA"] && seen.length == .unknown)
        #expect(try answer(try parts({ .success(trailers: $0) }, trailers: []), te: "trailers").length != .unknown)
    }

    @Test func `a failure has its own fields and those that came before it`() throws {
        let failure = Failure(.notFound, "x.y", "z", origin: .upstream, headers: [("x-t", "2")])
        let seen = try answer(try parts { _ in .failure(failure) })
        #expect(
            seen.head.sorted() == ["cache-control=no-store", "content-type=application/problem+json", "x-a=1", "x-t=2"])
    }

    @Test(arguments: [
        ("2.5", 2500), ("250ms", 250), ("30s", 30_000), ("1m", 60_000), ("0.0015", 1), ("999999999", 999_999_999_000),
    ])
    func `a client says how long it waits`(text: String, milliseconds: Int) throws {
        let context = CallContext()
        var parts = Outbox<RequestPart>()
        var head = HTTPRequestHead()
        head.headers.append(.xRequestTimeout, text)
        try RESTFactory(try Exchange().binding).makeFace(context).decode(.head(head), into: &parts)
        let timeout = try #require(context.timeout)
        #expect(timeout >= .milliseconds(milliseconds) && timeout < .milliseconds(milliseconds + 1))
    }

    @Test(arguments: ["", "x", "-1", "1h", "1 s", ".5", "1.", "9999999999", "1.2.3"])
    func `a time that is none is refused`(text: String) throws {
        #expect(
            try Exchange().refusal(headers: [("x-request-timeout", text)], body: ["{}"]) == ["400 request.bad_timeout"])
    }
}
