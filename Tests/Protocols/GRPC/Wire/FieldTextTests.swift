import Buffers
import HTTP
import Testing

@testable import GRPC

@Suite struct FieldTextTests {
    @Test(arguments: [
        ("1H", Duration.seconds(3600)), ("2M", .seconds(120)), ("3S", .seconds(3)), ("4m", .milliseconds(4)),
        ("5u", .microseconds(5)), ("99999999n", .nanoseconds(99_999_999)), ("0S", .zero),
        ("99999999H", .seconds(99_999_999 * 3600)),
    ])
    func `timeouts are read`(text: String, duration: Duration) {
        #expect(timeout(text) == duration)
    }

    @Test(arguments: ["", "S", "1", "1s", "123456789S", "-1S", "1.5S", " 1S", "1 S", "1SS", "0x1S"])
    func `what is no timeout is none`(text: String) {
        #expect(timeout(text) == nil)
    }

    private func timeout(_ text: String) -> Duration? {
        let bytes = Array(text.utf8)
        return TimeoutText.parse(bytes.span.bytes)
    }

    @Test(arguments: [
        (Duration.nanoseconds(1), "1n"), (.milliseconds(50), "50000000n"), (.milliseconds(100), "100000u"),
        (.seconds(15), "15000000u"), (.seconds(100), "100000m"), (.seconds(1_000_000), "1000000S"),
        (.seconds(400_000_000), "111111H"), (.seconds(-1), "0n"), (.nanoseconds(1_500_000_999), "1500000u"),
    ])
    func `timeouts are written in the finest unit that has room`(duration: Duration, text: String) {
        var out = ByteWriter()
        TimeoutText.write(duration, into: &out)
        #expect(String(out.finish()) == text)
    }

    @Test func `milliseconds have ten digits at most`() {
        let parse = { (text: String) in TimeoutText.parse(milliseconds: Array(text.utf8).span.bytes) }
        #expect(parse("9999999999") == .milliseconds(9_999_999_999))
        #expect(parse("12345678901") == nil)
        #expect(parse("") == nil)
        #expect(parse("1m") == nil)
    }

    @Test(arguments: [
        ("plain text", "plain text"), ("100%", "100%25"), ("\t\ntest\r\n☺\t\n", "%09%0Atest%0D%0A%E2%98%BA%09%0A"),
        ("", ""), (" edge ", "%20edge%20"), ("😈", "%F0%9F%98%88"), ("~\u{7F}", "~%7F"),
    ])
    func `a message is percent-encoded and comes back`(text: String, encoded: String) {
        var out = ByteWriter()
        PercentText.write(text, into: &out)
        let field = out.finish()
        #expect(String(field) == encoded)
        let (shown, isValid) = (PercentText.read(field.span), Headers.isValidValue(field.span))
        #expect(shown == text && isValid)
    }

    @Test(arguments: [("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("100%", "100%"), ("%FF", "\u{FFFD}")])
    func `a message that is encoded wrongly is still shown`(encoded: String, text: String) {
        let shown = PercentText.read(Bytes(encoded).span)
        #expect(shown == text)
    }

    @Test(arguments: [("", 0), ("AA", 1), ("AA==", 1), ("AAA=", 2), ("AAAA", 3), ("_-_-", 3), ("+/+/", 3)])
    func `base64 is read padded or not, of either alphabet`(text: String, count: Int) {
        let bytes = Base64Text.decode(Bytes(text).span)
        #expect(bytes?.count == count)
    }

    @Test(arguments: ["A", "AAAAA", "AA===", "A A", "A=AA", "ä"])
    func `what is no base64 is none`(text: String) {
        let bytes = Base64Text.decode(Bytes(text).span)
        #expect(bytes == nil)
    }

    @Test func `base64 in pieces is read wherever it is cut and padded`() throws {
        let text = Array("aGVs" + "bG8=" + "IQ==" + "IA==").map(\.asciiValue).compactMap(\.self)
        for cut in 0...text.count {
            var stream = Base64Stream()
            let first = try stream.decode(Bytes(Array(text[..<cut])))
            let second = try stream.decode(Bytes(Array(text[cut...])))
            try stream.finish()
            #expect(String(first) + String(second) == "hello! ")
        }
        var stream = Base64Stream()
        _ = try stream.decode(Bytes("aGV"))
        #expect(throws: (any Error).self) { try stream.finish() }
        for wrong in ["a=aa", "====", "aa=a", "a b=", "\n"] {
            var stream = Base64Stream()
            #expect(throws: (any Error).self) { _ = try stream.decode(Bytes(wrong)) }
        }
    }

    @Test func `metadata is what is neither the protocol's nor the connection's`() {
        let headers = Headers([
            ("content-type", "application/grpc"), ("te", "trailers"), ("grpc-timeout", "1S"), ("grpc-foo", "x"),
            ("grpc-encoding", "gzip"), ("connect-timeout-ms", "1"), ("x-grpc-web", "1"), ("user-agent", "test"),
            ("accept-encoding", "gzip"), ("x-data-bin", "AAA="), ("x-list-bin", "AA==,AAAA"), ("x-plain", "a=b"),
            ("authorization", "Bearer t"), ("connection", "close"), ("grpc-status", "0"),
        ])
        var metadata = Headers()
        Metadata.append(headers, to: &metadata)
        let expected = [
            "user-agent: test", "x-data-bin: AAA", "x-list-bin: AA,AAAA", "x-plain: a=b", "authorization: Bearer t",
        ]
        #expect(metadata.lines == expected)
        var stripped = headers
        Metadata.strip(&stripped)
        #expect(stripped.count == expected.count)
    }

    @Test(arguments: [
        ("application/grpc", "grpc(protobuf)"), ("application/grpc+proto", "grpc(protobuf)"),
        ("Application/GRPC+JSON; charset=utf-8", "grpc(json)"), ("application/grpc-web", "grpcWeb(protobuf"),
        ("application/grpc-web-text+proto", "grpcWeb(protobuf"), ("application/connect+json", "connectStream(json)"),
        ("application/json;charset=utf-8", "connectUnary(json)"), ("application/proto", "connectUnary(protobuf)"),
    ])
    func `a content type says the protocol`(text: String, type: String) throws {
        let found = try #require(contentType(text))
        #expect("\(found)".replacing("GRPC.PayloadFormat.", with: "").hasPrefix(type))
        #expect(contentType(found.text.description) == found)
    }

    @Test(arguments: [
        "", "text/plain", "application/grpcx", "application/grpc+thrift", "application/connect", "application/grpc/x",
        "application/proto+json",
    ])
    func `other types say none`(text: String) {
        #expect(contentType(text) == nil)
    }

    private func contentType(_ text: String) -> RPCContentType? {
        let bytes = Array(text.utf8)
        return RPCContentType(bytes.span.bytes)
    }
}
