import Buffers
import Canonical
import HTTP
import ProtobufSchema
import Testing

@testable import Engine
@testable import GRPC

@Suite struct ConnectTests {
    // MARK: Unary

    @Test func `a bare message goes in and out, as protobuf and as JSON`() throws {
        for (type, body, expected) in [
            ("application/proto", note("hi"), note("hello")),
            ("application/json", Bytes(#"{"text":"hi"}"#), Bytes(#"{"text":"hello"}"#)),
        ] {
            for cut in 0...body.count {
                let fields = [("connect-protocol-version", "1"), ("connect-timeout-ms", "300"), ("x-a", "b")]
                let call = try FaceCall("Unary").receive(type, fields, [body[0..<cut], body[cut..<body.count]])
                #expect(call.texts == ["hi"] && call.head?.headers.lines == ["x-a: b"])
                #expect(call.context.timeout == .milliseconds(300))
                let answer = call.answerNotes("hello", head: [("x-head", "h")], trailers: [("x-trail", "t")]).answer
                #expect(answer.status == 200 && answer.body == expected)
                #expect(answer.fields == ["x-head: h", "content-type: \(type)", "trailer-x-trail: t"])
                #expect(answer.head?.body == .known(expected.count))
            }
        }
    }

    @Test func `an empty protobuf body is a message, an empty JSON body is none`() throws {
        #expect(try FaceCall("Unary").receive("application/proto", [("content-encoding", "gzip")], []).texts == [""])
        #expect(try FaceCall("Unary").receive("application/json", [], []).texts == ["?"])
    }

    @Test func `compressed bodies are read, and answered in kind`() throws {
        let long = String(repeating: "long ", count: 100)
        let fields = [("content-encoding", "gzip"), ("accept-encoding", "br, gzip;q=0.5")]
        let call = try FaceCall("Unary").receive("application/proto", fields, [deflated(note(long), .gzip)])
        #expect(call.texts == [long])
        let answer = call.answerNotes(long).answer
        #expect(answer.fields.contains("content-encoding: gzip") && answer.body.count < 100)
    }

    @Test func `a safe method is called by GET too`() throws {
        for query in [
            "connect=v1&encoding=json&message=%7B%22text%22%3A%22hi%22%7D",
            "encoding=json&base64=1&message=eyJ0ZXh0IjoiaGkifQ",
            "encoding=proto&base64=1&message=CgJoaQ%3D%3D&compression=",
            "message=CgJoaQ&base64=1&encoding=proto&connect=v1",
        ] {
            let call = try FaceCall("Get").receive("", [], [], method: .get, target: "/x?\(query)")
            #expect(call.texts == ["hi"])
            #expect(call.answerNotes("hello").answer.status == 200)
        }
        for (query, reason) in [
            ("", "grpc.query"), ("encoding=json", "grpc.query"), ("encoding=xml&message=", "grpc.query"),
            ("encoding=json&message=%4", "grpc.query"), ("encoding=proto&message=A&base64=1", "grpc.query"),
            ("connect=v2&encoding=json&message=", "grpc.connect_version"),
            ("encoding=json&message=&compression=br", "grpc.encoding"),
        ] {
            let call = try FaceCall("Get").receive("", [], [], method: .get, target: "/x?\(query)")
            #expect(call.failure?.reason == reason && call.answer.isWhole)
        }
        let call = try FaceCall("Get").receive("", [], [], method: .head, target: "/x?encoding=proto&message=")
        #expect(call.answerNotes("hello").answer.body.isEmpty)
    }

    @Test(
        arguments: zip(
            FailureCode.allCases, [499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401]))
    func `a failure is JSON with the status of its code`(code: FailureCode, status: Int) throws {
        let call = try FaceCall("Unary").receive("application/proto", [], [])
        let failure = Failure(code, Failure.statusReason, "no \"way\"", headers: [("x-why", "so")])
        let answer = call.send([.end(.failure(failure))]).answer
        #expect(answer.status == status && answer.isWhole)
        #expect(answer.fields == ["content-type: application/json", "trailer-x-why: so"])
        #expect(String(answer.body).hasSuffix(#","message":"no \"way\""}"#))
    }

    @Test func `details have their bytes without padding, and what they mean`() throws {
        let call = try FaceCall("Unary").receive("application/json", [], [])
        var hint = ByteWriter()
        hint.append(field: 1, string: "type.googleapis.com/test.v1.Hint")
        hint.append(field: 2, content: note("a").span)
        let detail = call.method.statuses.detail(try PackedDetail(hint.finish()))
        let failure = Failure(.notFound, Failure.statusReason, "", details: [detail])
        let body = String(call.send([.end(.failure(failure))]).answer.body)
        #expect(
            body == #"{"code":"not_found","details":[{"type":"test.v1.Hint","value":"CgFh","debug":"#
                + #"{"@type":"type.googleapis.com/test.v1.Hint","text":"a"}}]}"#)
    }

    @Test func `what breaks the protocol is refused`() throws {
        let rows: [(String, [(String, String)], [Bytes], Int, String)] = [
            ("application/proto", [("connect-protocol-version", "2")], [], 400, "grpc.connect_version"),
            ("application/proto", [("connect-timeout-ms", "x")], [], 400, "grpc.timeout"),
            ("application/proto", [("content-encoding", "br")], [], 501, "grpc.encoding"),
            ("application/proto", [("content-encoding", "gzip")], [Bytes("x")], 500, "grpc.compression"),
            ("application/proto", [], [Bytes([UInt8](repeating: 0, count: 101))], 429, "body.too_large"),
            ("application/connect+proto", [], [], 415, "grpc.media_type"),
        ]
        for (type, fields, body, status, reason) in rows {
            let call = try FaceCall("Unary", messageBytes: 100).receive(type, fields, body)
            #expect(call.answer.status == status && call.failure?.reason == reason && call.answer.isWhole)
        }
        #expect(try FaceCall("Bidi").receive("application/proto", [], []).answer.status == 415)
    }

    // MARK: Streams

    @Test(arguments: ["proto", "json"])
    func `messages of a stream have their lengths, and the last says how it ended`(format: String) throws {
        let isJSON = format == "json"
        let written = { (text: String) in isJSON ? Bytes("{\"text\":\"\(text)\"}") : note(text) }
        let body = Bytes(envelope(written("a")).array + envelope(written("b")).array)
        for cut in 0...body.count {
            let call = try FaceCall("Bidi").receive(
                "application/connect+\(format)", [("connect-timeout-ms", "10")],
                [body[0..<cut], body[cut..<body.count]])
            #expect(call.texts == ["a", "b"] && call.isWhole && call.context.timeout == .milliseconds(10))
            let answer = call.answerNotes(
                "one", "two", head: [("x-h", "1")], trailers: [("x-t", "1"), ("y-t", "2"), ("x-t", "3")]
            ).answer
            #expect(answer.fields == ["content-type: application/connect+\(format)", "x-h: 1"])
            let messages = envelopes(answer.body)
            #expect(messages.map(\.flags) == [0, 0, 2])
            #expect(messages[1].bytes == written("two"))
            #expect(String(messages[2].bytes) == #"{"metadata":{"x-t":["1","3"],"y-t":["2"]}}"#)
        }
    }

    @Test func `a stream that fails has status 200 and the failure at its end`() throws {
        let failure = Failure(.aborted, Failure.statusReason, "stop", headers: [("x-why", "so")])
        let call = try FaceCall("Server").receive("application/connect+json", [], [envelope(Bytes("{}"))])
        let answer = call.send([.end(.failure(failure))]).answer
        #expect(answer.status == 200 && answer.isWhole)
        let end = #"{"error":{"code":"aborted","message":"stop"},"metadata":{"x-why":["so"]}}"#
        #expect(envelopes(answer.body).map { String($0.bytes) } == [end])
        let early = try FaceCall("Server").receive("application/connect+json", [("connect-content-encoding", "br")], [])
        #expect(early.answer.fields.contains("connect-accept-encoding: identity,deflate,gzip"))
        #expect(envelopes(early.answer.body).map(\.flags) == [2])
    }
}
