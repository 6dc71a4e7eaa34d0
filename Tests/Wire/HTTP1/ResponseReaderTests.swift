import Buffers
import HTTP
import HTTP1
import Testing

struct ResponseReaderTests {
    struct Case: Sendable {
        var wire: String
        var method = HTTPMethod.get
        var isClosed = false
        var messages: [Transcript.Message]
    }

    static let accepted: [Case] = [
        Case(
            wire: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\nhello",
            messages: [.init(head: "200 known(5) a: b", body: "hello".bytes, isWhole: true)]),
        Case(
            wire:
                "HTTP/1.1 404 \r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nGrpc-Status: 5\r\nSet-Cookie: x\r\n\r\n",
            messages: [
                .init(head: "404 unknown ", body: "abc".bytes, trailers: "grpc-status: 5", isWhole: true)
            ]),
        Case(
            wire: "HTTP/1.0 200\r\n\r\nall of it", isClosed: true,
            messages: [.init(head: "200 unknown ", body: "all of it".bytes, isWhole: true)]),
        Case(
            wire: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
            messages: [
                .init(head: "interim 100 none "), .init(head: "interim 103 none link: </a>"),
                .init(head: "204 none ", isWhole: true),
            ]),
        Case(
            wire: "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", method: .head,
            messages: [.init(head: "200 known(500) ", isWhole: true)]),
        Case(
            wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", method: .head,
            messages: [.init(head: "200 unknown ", isWhole: true)]),
        Case(wire: "HTTP/1.1 200 OK\r\n\r\n", method: .head, messages: [.init(head: "200 none ", isWhole: true)]),
        Case(
            wire: "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"x\"\r\n\r\n",
            messages: [.init(head: "304 known(7) etag: \"x\"", isWhole: true)]),
        Case(
            wire: "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
            messages: [.init(head: "204 none ", isWhole: true)]),
        Case(
            wire: "HTTP/1.1 200 na\u{ef}ve\ttext\r\nContent-Length: 0\r\n\r\n",
            messages: [.init(head: "200 known(0) ", isWhole: true)]),
    ]

    @Test func `responses are read wherever they are cut`() {
        for item in Self.accepted {
            let bytes = item.wire.bytes
            let expected = Transcript(messages: item.messages)
            for place in 0...bytes.count {
                let cut = Transcript.ofResponse(bytes.cut(at: place), to: item.method, isClosed: item.isClosed)
                #expect(cut == expected, "\(item.wire) cut at \(place)")
            }
            #expect(Transcript.ofResponse(bytes.singles, to: item.method, isClosed: item.isClosed) == expected)
        }
    }

    static let refused: [(String, HTTP1Error)] = [
        ("garbage", .badStatusLine), ("HTTP/1.1 20 OK\r\n", .badStatusLine), ("HTTP/1.1 2000 OK\r\n", .badStatusLine),
        ("HTTP/1.1  200 OK\r\n", .badStatusLine), ("HTTP/1.1 099 OK\r\n", .badStatusLine),
        ("http/1.1 200 OK\r\n", .badStatusLine),
        ("HTTP/2.0 200 OK\r\n", .badStatusLine), ("HTTP/1.2 200 OK\r\n", .unsupportedVersion),
        ("\r\nHTTP/1.1 200 OK\r\n", .badStatusLine),
        ("HTTP/1.1 200 OK\n\n", .badStatusLine), ("HTTP/1.1 200 O\0K\r\n", .badStatusLine),
        ("HTTP/1.1\r\n", .badStatusLine),
        ("HTTP/1.1 200 OK\r\nA: b\n\r\n", .bareLineFeed), ("HTTP/1.1 200 OK\r\n A: b\r\n", .lineFolding),
        ("HTTP/1.1 200 OK\r\nA : b\r\n", .blankBeforeColon),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthAndEncoding),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", .duplicateContentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n", .badContentLength),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .unsupportedTransferEncoding),
        ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingOnOldVersion),
        ("HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", .bodyNotAllowed),
        ("HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n", .bodyNotAllowed),
        ("HTTP/1.1 103 Hints\r\nContent-Length: 5\r\n\r\n", .bodyNotAllowed),
        ("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", .unexpectedSwitch),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .badChunkSize),
        (String(repeating: "HTTP/1.1 102 Wait\r\n\r\n", count: 9), .tooManyInterimResponses),
    ]

    @Test(arguments: refused)
    func `a malformed response is refused`(wire: String, error: HTTP1Error) {
        #expect(Transcript.ofResponse([wire.bytes]).error == error)
        #expect(Transcript.ofResponse(wire.bytes.singles).error == error)
    }

    @Test(arguments: [
        "", "H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
    ])
    func `a response that ends too early is truncated`(wire: String) {
        #expect(Transcript.ofResponse([wire.bytes], isClosed: true).error == .truncated)
    }

    /// What follows a response, and whether the connection may be used again.
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true), ("HTTP/1.1 204 No\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n", false),
        ("HTTP/1.1 204 No\r\n\r\nbody", false), ("HTTP/1.1 200 OK\r\n\r\nbody", false),
    ])
    func `a connection is reusable only when nothing is left on it`(wire: String, isReusable: Bool) throws {
        var reader = ResponseReader()
        reader.begin(.get)
        var head = HTTPResponseHead()
        var input = Bytes(wire)
        var hasEnded = false
        while !hasEnded, let event = try reader.next(&input, into: &head) {
            if case .end = event { hasEnded = true }
        }
        if !hasEnded { _ = try reader.finish() }
        let state = (reader.isIdle, reader.isReusable)
        #expect(state == (true, isReusable))
    }

    @Test func `one reader reads one response after another`() throws {
        var reader = ResponseReader()
        var head = HTTPResponseHead()
        for method in [HTTPMethod.get, .head, .post] {
            reader.begin(method)
            let hadBegun = reader.hasBegun
            var input = Bytes(
                "HTTP/1.1 200 OK\r\nContent-Length: \(method == .head ? 9 : 2)\r\n\r\n" + (method == .head ? "" : "ok"))
            while try reader.next(&input, into: &head) != nil {}
            let state = (hadBegun, reader.hasBegun, reader.isReusable)
            #expect(state == (false, true, true))
        }
    }

    @Test func `bytes that no request asked for are refused`() {
        var reader = ResponseReader()
        var head = HTTPResponseHead()
        var input = Bytes("HTTP/1.1 408 Request Timeout\r\n\r\n")
        var caught: HTTP1Error?
        do throws(HTTP1Error) { _ = try reader.next(&input, into: &head) } catch { caught = error }
        #expect(caught == .unexpectedResponse)
        let isReusable = reader.isReusable
        #expect(!isReusable)
    }

    @Test func `a switch leaves what follows alone`() throws {
        var reader = ResponseReader()
        reader.begin(.get, allowsUpgrade: true)
        var head = HTTPResponseHead()
        var input = Bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u{1}\u{2}")
        guard case .switchingProtocols = try reader.next(&input, into: &head) else { return #expect(Bool(false)) }
        #expect(head.status == 101 && head.headers[.upgrade] == "websocket")
        #expect(try reader.next(&input, into: &head) == nil)
        #expect(input.array == [1, 2])
        let isReusable = reader.isReusable
        #expect(!isReusable)
    }
}
