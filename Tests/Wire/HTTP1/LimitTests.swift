import Buffers
import HTTP
import HTTP1
import Testing

struct LimitTests {
    private static let limits: HTTP1Limits = {
        var limits = HTTP1Limits()
        limits.headBytes = 400
        limits.fieldCount = 5
        limits.lineBytes = 100
        limits.targetBytes = 50
        limits.chunkExtensionBytes = 20
        limits.trailerBytes = 60
        limits.bodyBytes = 10
        return limits
    }()

    private func check(_ wire: String, _ error: HTTP1Error?, sourceLocation: SourceLocation = #_sourceLocation) {
        let whole = Transcript.ofRequests([wire.bytes], limits: Self.limits)
        #expect(whole.error == error, sourceLocation: sourceLocation)
        if error == nil { #expect(whole.wholeCount == 1, sourceLocation: sourceLocation) }
        let singles = Transcript.ofRequests(wire.bytes.singles, limits: Self.limits)
        #expect(singles.error == error, sourceLocation: sourceLocation)
    }

    private func filler(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test func `the target is limited`() {
        check("GET /\(filler(49)) HTTP/1.1\r\nHost: h\r\n\r\n", nil)
        check("GET /\(filler(50)) HTTP/1.1\r\nHost: h\r\n\r\n", .targetTooLong)
        check("GET /\(filler(500))", .targetTooLong)
    }

    @Test func `one line is limited`() {
        check("GET / HTTP/1.1\r\nHost: h\r\nA: \(filler(95))\r\n\r\n", nil)
        check("GET / HTTP/1.1\r\nHost: h\r\nA: \(filler(96))\r\n\r\n", .lineTooLong)
        check("GET / HTTP/1.1\r\nHost: h\r\nA: \(filler(300))", .lineTooLong)
        check("GET / HTTP/1.1\r\nHost: h\r\n\(filler(300))", .lineTooLong)
    }

    @Test func `the head is limited`() {
        let lines = "A: \(filler(90))\r\nB: \(filler(90))\r\nC: \(filler(90))\r\n"
        check("GET / HTTP/1.1\r\nHost: h\r\n\(lines)D: \(filler(83))\r\n\r\n", nil)
        check("GET / HTTP/1.1\r\nHost: h\r\n\(lines)D: \(filler(84))\r\n\r\n", .headTooLarge)
        check("GET / HTTP/1.1\r\nHost: h\r\n\(lines)D: \(filler(90))", .headTooLarge)
    }

    @Test func `fields are counted`() {
        check("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n", nil)
        check("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n", .tooManyFields)
    }

    @Test func `a declared body is limited before it comes`() {
        check("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789", nil)
        check("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n", .bodyTooLarge)
        check("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n", .bodyTooLarge)
        check("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n", .bodyTooLarge)
        check(
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n", nil
        )
        check("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n", .bodyTooLarge)
    }

    @Test func `chunk extensions are limited all together`() {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        check(head + "1;\(filler(8))\r\nx\r\n1;\(filler(8))\r\ny\r\n0\r\n\r\n", nil)
        check(head + "1;\(filler(10))\r\nx\r\n1;\(filler(10))\r\ny\r\n0\r\n\r\n", .chunkExtensionsTooLarge)
        check(head + "1;\(filler(50))", .chunkExtensionsTooLarge)
    }

    @Test func `trailers are limited`() {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        check(head + "A: \(filler(55))\r\n\r\n", nil)
        check(head + "A: \(filler(56))\r\n\r\n", .trailersTooLarge)
        check(head + "Host: \(filler(25))\r\nHost: \(filler(25))\r\n", .trailersTooLarge)
        check(head + filler(300), .lineTooLong)
        check(head + String(repeating: "A: b\r\n", count: 6) + "\r\n", .tooManyFields)
    }

    @Test func `the limit of a body can be set once the head is read`() throws {
        for (maximum, error) in [(3, nil), (2, HTTP1Error.bodyTooLarge)] {
            var reader = RequestReader()
            var head = HTTPRequestHead()
            var input = Bytes("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc")
            var caught: HTTP1Error?
            do throws(HTTP1Error) {
                while let event = try reader.next(&input, into: &head) {
                    if case .head = event { reader.maximumBodyBytes = maximum }
                }
            } catch {
                caught = error
            }
            #expect(caught == error)
        }
    }
}
