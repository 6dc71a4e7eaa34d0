import Buffers
import Canonical
import HTTP
import Testing

@testable import Engine
@testable import GRPC

/// What gRPC's interoperability tests ask, through a face and an upstream of the same method.
///
/// Source: gRPC, "Interoperability Test Case Descriptions".
@Suite struct InteropTests {
    private let type = "application/grpc"

    private func echo(_ method: GRPCMethod) -> Joined.Service {
        { _, texts in FaceCall.notes(method, method.isServerStreaming ? texts : [texts.joined()]) }
    }

    private func texts(_ answer: FaceCall.Answer) throws -> [String] {
        try envelopes(answer.body).filter { $0.flags == 0 }.map { try text(of: $0.bytes) }
    }

    @Test func `an empty message is a message`() throws {
        let call = try Joined("Unary")
        let answer = try call.run(type, [], [envelope(Bytes())], echo(call.method))
        #expect(envelopes(answer.body).map(\.bytes.count) == [0])
        #expect(answer.trailing == ["grpc-status: 0"])
    }

    @Test func `large messages go through`() throws {
        let call = try Joined("Unary")
        let reply = String(repeating: "r", count: 314_159)
        let request = String(repeating: "q", count: 271_828)
        let answer = try call.run(type, [], [envelope(note(request))]) { _, texts in
            FaceCall.notes(call.method, [texts == [request] ? reply : "wrong"])
        }
        #expect(try texts(answer) == [reply])
    }

    @Test func `streams go through with all their messages`() throws {
        let sizes = [27182, 8, 1828, 45904]
        let body = sizes.map { envelope(note(String(repeating: "x", count: $0))) }
        for name in ["Bidi", "Client"] {
            let call = try Joined(name)
            let answer = try call.run(type, [], body, echo(call.method))
            let counts = try texts(answer).map(\.count)
            #expect(counts == (name == "Bidi" ? sizes : [74922]))
        }
        let call = try Joined("Server")
        let answer = try call.run(type, [], [envelope(note("go"))]) { _, _ in
            FaceCall.notes(call.method, ["31415", "9", "2653", "58979"])
        }
        #expect(try texts(answer) == ["31415", "9", "2653", "58979"])
    }

    @Test func `an empty stream is a stream`() throws {
        let call = try Joined("Bidi")
        let answer = try call.run(type, [], [], echo(call.method))
        #expect(answer.body.isEmpty && answer.trailing == ["grpc-status: 0"])
    }

    @Test func `custom metadata goes there and comes back`() throws {
        let call = try Joined("Bidi")
        let initial = ("x-grpc-test-echo-initial", "test_initial_metadata_value")
        let trailing = ("x-grpc-test-echo-trailing-bin", "q6ur")
        let answer = try call.run(type, [initial, trailing], [envelope(note("a"))]) { _, texts in
            FaceCall.notes(call.method, texts, head: [initial], trailers: [trailing])
        }
        #expect(
            call.fields.prefix(2) == [
                "x-grpc-test-echo-initial: test_initial_metadata_value", "x-grpc-test-echo-trailing-bin: q6ur",
            ])
        #expect(answer.fields.contains("x-grpc-test-echo-initial: test_initial_metadata_value"))
        #expect(answer.trailing == ["grpc-status: 0", "x-grpc-test-echo-trailing-bin: q6ur"])
    }

    @Test(arguments: [
        "test status message", "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n",
    ])
    func `code and message of a status go through`(message: String) throws {
        for name in ["Unary", "Bidi"] {
            let call = try Joined(name)
            let failure = Failure(.unknown, Failure.statusReason, message)
            let answer = try call.run(type, [], [envelope(note("a"))]) { _, _ in [.end(.failure(failure))] }
            #expect(answer.trailers == nil && answer.fields.contains("grpc-status: 2"))
            let field = try #require(answer.head?.headers[.grpcMessage])
            let shown = PercentText.read(Bytes(field).span)
            #expect(shown == message)
        }
    }

    @Test func `a method that there is not is unimplemented`() throws {
        let call = try Joined("Unary")
        let failure = Failure(.unimplemented, Failure.statusReason, "")
        let answer = try call.run(type, [], [envelope(note("a"))]) { _, _ in [.end(.failure(failure))] }
        #expect(answer.fields == ["content-type: application/grpc", "grpc-status: 12"])
    }

    @Test func `a failure behind messages has its details`() throws {
        let call = try Joined("Server")
        let failure = Failure(
            .dataLoss, "request.invalid", "why", violations: [Violation(pointer: "/a", rule: "b", detail: "c")])
        let answer = try call.run(type, [], [envelope(note("a"))]) { _, _ in
            Array(FaceCall.notes(call.method, ["one"]).dropLast()) + [.end(.failure(failure))]
        }
        #expect(try texts(answer) == ["one"])
        guard case .failure(let received) = GRPCStatus(answer.trailers ?? Headers(), call.method.statuses) else {
            return #expect(Bool(false))
        }
        #expect(received.code == .dataLoss && received.message == "why")
        #expect(received.details.map(\.typeName) == ["google.rpc.BadRequest", "google.rpc.ErrorInfo"])
    }

    @Test func `the timeout goes on`() throws {
        let call = try Joined("Bidi")
        _ = try call.run(type, [("grpc-timeout", "1500m")], [], echo(call.method))
        #expect(call.timeout == .milliseconds(1500))
    }

    @Test func `compressed requests go through`() throws {
        let call = try Joined("Unary")
        let fields = [("grpc-encoding", "gzip"), ("grpc-accept-encoding", "gzip")]
        let answer = try call.run(type, fields, [envelope(deflated(note("a"), .gzip), flags: 1)], echo(call.method))
        #expect(try texts(answer) == ["a"])
    }

    @Test(arguments: [
        "application/grpc", "application/grpc+json", "application/grpc-web", "application/proto", "application/json",
    ])
    func `every face reaches the service`(type: String) throws {
        let call = try Joined("Unary")
        let isJSON = type.hasSuffix("json")
        let message = isJSON ? Bytes(#"{"text":"hi"}"#) : note("hi")
        let isBare = type == "application/proto" || type == "application/json"
        let answer = try call.run(type, [], [isBare ? message : envelope(message)], echo(call.method))
        #expect((isBare ? answer.body : envelopes(answer.body).first?.bytes) == message)
    }

    @Test func `methods that were made apart know each other's bytes`() throws {
        let (face, upstream) = (try Echo.method("Unary"), try Echo.method("Bidi"))
        let message = face.request.message(note("a"), as: .protobuf)
        #expect(upstream.request.received(message, as: .protobuf) == note("a"))
        #expect(upstream.response.received(message, as: .protobuf) == nil)
    }

    @Test func `JSON that the contract does not know is the client's fault`() throws {
        let call = try Joined("Unary")
        let answer = try call.run("application/json", [], [Bytes(#"{"txt":"hi"}"#)], echo(call.method))
        #expect(answer.status == 400)
        #expect(String(answer.body).contains(#""field":"/txt""#))
    }
}
