import Buffers
import Canonical
import HTTP
import Testing

@testable import Engine
@testable import GRPC

@Suite struct GRPCWebTests {
    @Test(arguments: ["application/grpc-web", "application/grpc-web+proto"])
    func `trailers are the last message of the body`(type: String) throws {
        let call = try FaceCall("Server").receive(type, [("x-grpc-web", "1"), ("x-a", "b")], [envelope(note("hi"))])
        #expect(call.texts == ["hi"] && call.head?.headers.lines == ["x-a: b"])
        let answer = call.answerNotes("one", "two", head: [("x-head", "h")], trailers: [("x-trail", "t")]).answer
        #expect(answer.fields == ["x-head: h", "content-type: application/grpc-web+proto"])
        #expect(answer.trailers == nil && answer.isWhole)
        let messages = envelopes(answer.body)
        #expect(messages.map(\.flags) == [0, 0, 0x80])
        #expect(String(messages[2].bytes) == "grpc-status: 0\r\nx-trail: t\r\n")
    }

    @Test func `as text all of it is base64, wherever it is cut`() throws {
        let text = Array(base64(envelope(note("hello"))).utf8)
        for cut in 0...text.count {
            let body = [Bytes(Array(text[..<cut])), Bytes(Array(text[cut...]))]
            let call = try FaceCall("Unary").receive("application/grpc-web-text", [], body)
            #expect(call.texts == ["hello"] && call.isWhole)
        }
        let call = try FaceCall("Unary").receive("application/grpc-web-text+proto", [], [Bytes(text)])
        let answer = call.answerNotes("hello").answer
        #expect(answer.fields == ["content-type: application/grpc-web-text+proto"])
        var stream = Base64Stream()
        let messages = envelopes(try stream.decode(answer.body))
        #expect(messages.map(\.flags) == [0, 0x80] && messages[0].bytes == note("hello"))
    }

    @Test func `a body that is no base64 is refused`() throws {
        for body in ["a-b!", "AAAAA", "AAA"] {
            let call = try FaceCall("Unary").receive("application/grpc-web-text", [], [Bytes(body)])
            #expect(call.failure?.reason == "grpc.base64")
        }
    }

    @Test func `an early failure is a head alone, a late one the last message`() throws {
        let failure = Failure(.notFound, Failure.statusReason, "gone")
        let early = try FaceCall("Server").receive("application/grpc-web", [], [envelope(note("a"))])
        _ = early.send([.end(.failure(failure))])
        #expect(
            early.answer.fields == [
                "grpc-status: 5", "grpc-message: gone", "content-type: application/grpc-web+proto",
            ])
        #expect(early.answer.body.isEmpty && early.answer.isWhole)
        let late = try FaceCall("Server").receive("application/grpc-web", [], [envelope(note("a"))])
        _ = late.send([.head(HTTPResponseHead(status: 200)), .end(.failure(failure))])
        let messages = envelopes(late.answer.body)
        #expect(messages.map(\.flags) == [0x80])
        #expect(String(messages[0].bytes) == "grpc-status: 5\r\ngrpc-message: gone\r\n")
    }

    private func base64(_ bytes: Bytes) -> String {
        var out = ByteWriter()
        out.append(base64: bytes.span)
        return String(out.finish())
    }
}
