import Buffers
import Canonical
import Compression
import HTTP
import ProtobufSchema
import Testing

@testable import Engine
@testable import GRPC

@Suite struct GRPCFaceTests {
    private let type = "application/grpc"

    // MARK: Requests

    @Test(arguments: ["Unary", "Server"])
    func `one message goes on when the request is whole, wherever it is cut`(name: String) throws {
        let body = envelope(note("hello"))
        for cut in 0...body.count {
            let call = try FaceCall(name)
            call.receive([.head(HTTPRequestHead(.post, "/x", [("content-type", type)])), .body(body[0..<cut])])
            #expect(call.messages.isEmpty && !call.isWhole)
            call.receive([.body(body[cut..<body.count]), .end(trailers: nil)])
            #expect(call.texts == ["hello"] && call.isWhole)
        }
    }

    @Test(arguments: ["Client", "Bidi"])
    func `messages of a stream go on as they come`(name: String) throws {
        let call = try FaceCall(name)
        call.receive([.head(HTTPRequestHead(.post, "/x", [("content-type", type)])), .body(envelope(note("a")))])
        #expect(call.texts == ["a"] && !call.isWhole)
        call.receive([.body(Bytes(envelope(note("")).array + envelope(note("c")).array)), .end(trailers: nil)])
        #expect(call.texts == ["a", "", "c"] && call.isWhole)
    }

    @Test func `metadata goes on as fields, the rest of the head does not`() throws {
        let call = try FaceCall("Unary").receive(
            "application/grpc+proto",
            [("te", "trailers"), ("grpc-timeout", "250m"), ("x-one", "1"), ("x-two-bin", "AAE="), ("user-agent", "u")],
            [envelope(note("a"))])
        #expect(call.head?.headers.lines == ["x-one: 1", "x-two-bin: AAE=", "user-agent: u"])
        #expect(call.context.timeout == .milliseconds(250))
        #expect(call.failure == nil)
    }

    @Test(arguments: [MessageEncoding.gzip, .deflate])
    func `compressed messages are read, and answered in kind`(encoding: MessageEncoding) throws {
        let long = String(repeating: "long ", count: 100)
        let packed = deflated(note(long), encoding)
        let call = try FaceCall("Bidi").receive(
            type, [("grpc-encoding", "\(encoding.name)"), ("grpc-accept-encoding", "identity, gzip,deflate")],
            [envelope(packed, flags: 1), envelope(note("plain"))])
        #expect(call.texts == [long, "plain"])
        let answer = call.answerNotes(long, "short").answer
        #expect(answer.fields.contains("grpc-encoding: \(encoding.name)"))
        let messages = envelopes(answer.body)
        #expect(messages.map(\.flags) == [1, 0])
        #expect(messages[0].bytes.count < 100)
        var inflation = MessageInflation(limit: 1000, origin: .client)
        inflation.encoding = encoding
        #expect(try text(of: inflation.inflate(messages[0].bytes)) == long)
    }

    // MARK: Refusals

    private func refusal(_ name: String, _ fields: [(String, String)], _ body: [Bytes]) throws -> [String] {
        let call = try FaceCall(name, messageBytes: 1000).receive(type, fields, body)
        #expect(call.answer.status == 200)
        #expect(call.answer.isWhole && call.answer.trailers == nil, "trailers only")
        let failure = try #require(call.failure)
        return ["\(failure.code)", failure.reason] + call.answer.fields.filter { $0.hasPrefix("grpc-accept") }
    }

    @Test func `what breaks the protocol is refused in a head that is all`() throws {
        let message = envelope(note("a"))
        let packed = envelope(deflated(note("a"), .gzip), flags: 1)
        let bomb = envelope(deflated(Bytes([UInt8](repeating: 0, count: 5000)), .gzip), flags: 1)
        let rows: [(String, [(String, String)], [Bytes], [String])] = [
            ("Unary", [], [], ["unimplemented", "grpc.cardinality"]),
            ("Unary", [], [message, message], ["unimplemented", "grpc.cardinality"]),
            ("Server", [], [], ["unimplemented", "grpc.cardinality"]),
            ("Unary", [], [packed], ["internal", "grpc.compression"]),
            ("Bidi", [("grpc-encoding", "identity")], [packed], ["internal", "grpc.compression"]),
            ("Bidi", [("grpc-encoding", "gzip")], [envelope(Bytes("x"), flags: 1)], ["internal", "grpc.compression"]),
            ("Bidi", [("grpc-encoding", "gzip")], [bomb], ["resourceExhausted", "message.too_large"]),
            ("Bidi", [], [envelope(note("a"), flags: 2)], ["internal", "grpc.flags"]),
            ("Bidi", [], [message[0..<4]], ["internal", "grpc.truncated"]),
            ("Bidi", [], [Bytes([0, 0, 0, 4, 0])], ["resourceExhausted", "message.too_large"]),
            ("Unary", [("grpc-timeout", "soon")], [message], ["invalidArgument", "grpc.timeout"]),
            (
                "Unary", [("grpc-encoding", "snappy")], [message],
                ["unimplemented", "grpc.encoding", "grpc-accept-encoding: identity,deflate,gzip"]
            ),
        ]
        for (name, fields, body, expected) in rows { #expect(try refusal(name, fields, body) == expected) }
    }

    @Test func `a body that is none of the protocols gets a status`() throws {
        for type in ["", "text/plain", "application/connect+proto"] {
            let call = try FaceCall("Unary").receive(type, [], [])
            #expect(call.answer.status == 415)
            #expect(call.answer.fields.contains { $0.hasPrefix("accept-post: application/grpc") })
            #expect(call.answer.isWhole)
        }
        let call = try FaceCall("Unary").receive("", [], [], method: .get)
        #expect(call.answer.status == 405)
        #expect(call.answer.fields == ["allow: POST"])
    }

    // MARK: Answers

    @Test func `an answer is a head, messages and a status`() throws {
        let call = try FaceCall("Server").receive(type, [], [envelope(note("a"))])
        let answer = call.answerNotes(
            "one", "two", head: [("x-head", "h"), ("content-length", "9"), ("grpc-status", "5")],
            trailers: [("x-trail-bin", "AA==")]
        ).answer
        #expect(answer.fields == ["content-type: application/grpc", "x-head: h"])
        #expect(try envelopes(answer.body).map { try text(of: $0.bytes) } == ["one", "two"])
        #expect(answer.trailing == ["grpc-status: 0", "x-trail-bin: AA"])
    }

    @Test func `an empty answer of one message has one, that of a stream none`() throws {
        for (name, count) in [("Unary", 1), ("Client", 1), ("Server", 0), ("Bidi", 0)] {
            let call = try FaceCall(name).receive(type, [], [envelope(note("a"))])
            let answer = call.send([.end(.success(trailers: nil))]).answer
            #expect(envelopes(answer.body).count == count)
            #expect(answer.trailing == ["grpc-status: 0"])
        }
    }

    @Test func `messages that were received in protobuf leave as the same bytes`() throws {
        let call = try FaceCall("Unary").receive(type, [], [envelope(note("a"))])
        // Fields that are in no schema, in an order that nobody would write.
        var odd = ByteWriter()
        odd.append(field: 99, string: "unknown")
        odd.append(field: 3, varint: 1)
        odd.append(field: 1, string: "text")
        let bytes = odd.finish()
        _ = call.send([.message(call.method.response.message(bytes, as: .protobuf))])
        #expect(envelopes(call.answer.body)[0].bytes == bytes)
    }

    @Test func `a large message is not copied`() throws {
        let call = try FaceCall("Unary").receive(type, [], [envelope(note("a"))])
        let bytes = note(String(repeating: "x", count: 5000))
        var outbox = Outbox<HTTPResponsePart>()
        let face = GRPCFace(method: call.method, format: .protobuf, context: call.context)
        try face.encode(.message(call.method.response.message(bytes, as: .protobuf)), into: &outbox)
        var slabs: [Slab] = []
        while let part = outbox.popFirst() { if case .body(let body) = part { slabs.append(body.slab) } }
        #expect(slabs.count == 2 && slabs.last === bytes.slab)
    }

    @Test(arguments: FailureCode.allCases)
    func `every failure has its status, before and behind the head`(code: FailureCode) throws {
        let failure = Failure(code, Failure.statusReason, "50 % ☺", headers: [("x-why", "so")])
        let expected = ["grpc-status: \(code.rawValue)", "grpc-message: 50 %25 %E2%98%BA", "x-why: so"]
        let early = try FaceCall("Bidi").receive(type, [], []).send([.end(.failure(failure))]).answer
        #expect(early.fields == ["content-type: application/grpc"] + expected)
        #expect(early.trailers == nil && early.isWhole && early.head?.body == BodyLength.none)
        let late = try FaceCall("Bidi").receive(type, [], [])
        _ = late.send([.head(HTTPResponseHead(status: 200)), .end(.failure(failure))])
        #expect(late.answer.trailing == expected)
    }

    @Test func `a message that cannot be written ends the call with a status`() throws {
        let call = try FaceCall("Unary").receive(type, [], [envelope(note("a"))])
        _ = call.send([.message(.encoded(Bytes([0xFF]), by: call.method.request.protobuf))])
        let failure = try #require(call.failure)
        #expect(failure.reason == "protobuf.malformed")
        _ = call.send([.end(.failure(failure))])
        #expect(call.answer.trailing.first == "grpc-status: 3")
    }
}

func deflated(_ bytes: Bytes, _ encoding: MessageEncoding) -> Bytes {
    var writer = EnvelopeWriter()
    writer.encoding = encoding
    var out = ByteWriter()
    writer.deflate(bytes.span, into: &out)
    return out.finish()
}
