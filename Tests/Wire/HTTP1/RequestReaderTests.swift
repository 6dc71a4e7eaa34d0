import Buffers
import HTTP
import HTTP1
import Testing

struct RequestReaderTests {
    /// Requests that are read, and what is made of them.
    static let accepted: [(wire: String, messages: [Transcript.Message])] = [
        (
            "GET /a?b=c HTTP/1.1\r\nHost: example.com\r\nX-Y: z\r\n\r\n",
            [.init(head: "GET /a?b=c @example.com none x-y: z1k", isWhole: true)]
        ),
        ("GET / HTTP/1.0\r\n\r\n", [.init(head: "GET / @ none 0", isWhole: true)]),
        (
            "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            [.init(head: "GET / @ none connection: Keep-Alive0k", isWhole: true)]
        ),
        (
            "\r\nDELETE /x HTTP/1.1\r\nhost:h\r\nConnection: x, CLOSE\r\n\r\n",
            [.init(head: "DELETE /x @h none connection: x, CLOSE1", isWhole: true)]
        ),
        (
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 005\r\n\r\nhello\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
            [
                .init(head: "POST / @h known(5) 1k", body: "hello".bytes, isWhole: true),
                .init(head: "GET / @h none 1k", isWhole: true),
            ]
        ),
        (
            "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n",
            [.init(head: "PUT / @h known(0) 1k", isWhole: true)]
        ),
        (
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\nExpect: 100-Continue\r\n\r\n"
                + "5\r\nhello\r\n6;a=\"b;c\\\"\";d \t\r\n world\r\n000\r\nX-T: u\r\nHost: evil\r\nGrpc-Status: 0\r\n\r\n",
            [
                .init(
                    head: "PUT / @h unknown expects 1k", body: "hello world".bytes, trailers: "x-t: u|grpc-status: 0",
                    isWhole: true)
            ]
        ),
        (
            "GET HTTP://User.example:80/p?q HTTP/1.1\r\nHost: user.example\r\n\r\n",
            [.init(head: "GET /p?q @User.example:80 none 1k", isWhole: true)]
        ),
        (
            "GET https://a?q HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n"
                + "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\nPROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n",
            [
                .init(head: "GET /?q @a none 1k", isWhole: true), .init(head: "OPTIONS * @a none 1k", isWhole: true),
                .init(head: "OPTIONS * @a none 1k", isWhole: true), .init(head: "PROPFIND / @a none 1k", isWhole: true),
            ]
        ),
        (
            "GET /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\r\n",
            [
                .init(
                    head: "GET /chat @h none upgrade: websocket|connection: keep-alive, Upgrade1ku", isWhole: true)
            ]
        ),
        (
            "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\n\r\n",
            [.init(head: "GET / @h none upgrade: h2c1k", isWhole: true)]
        ),
        (
            "GET / HTTP/1.0\r\nHost: h\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
            [.init(head: "GET / @h none upgrade: websocket|connection: upgrade0", isWhole: true)]
        ),
    ]

    @Test func `requests are read`() {
        for (wire, messages) in Self.accepted {
            #expect(Transcript.ofRequests([wire.bytes]) == Transcript(messages: messages), "\(wire)")
        }
    }

    @Test func `requests are read the same wherever they are cut`() {
        for (wire, messages) in Self.accepted {
            let expected = Transcript(messages: messages)
            for place in 0...wire.utf8.count {
                #expect(Transcript.ofRequests(wire.bytes.cut(at: place)) == expected, "\(wire) cut at \(place)")
            }
            #expect(Transcript.ofRequests(wire.bytes.singles) == expected, "\(wire) byte by byte")
        }
    }

    /// Request lines and their errors.
    static let badLines: [(String, HTTP1Error)] = [
        ("GET  / HTTP/1.1", .badRequestLine), ("GET / HTTP/1.1 ", .badRequestLine),
        ("GET\t/ HTTP/1.1", .badRequestLine),
        ("GET /", .badRequestLine), ("GET", .badRequestLine), (" GET / HTTP/1.1", .badRequestLine),
        ("G(T / HTTP/1.1", .badRequestLine), ("GET / http/1.1", .badRequestLine), ("GET / HTTP/1.10", .badRequestLine),
        ("GET / HTTP/11", .badRequestLine), ("GET / FTP/1.1", .badRequestLine), ("GET /a b HTTP/1.1", .badRequestLine),
        ("GET /\u{1} HTTP/1.1", .badRequestLine), ("GET /# HTTP/1.1", .badRequestLine),
        ("GET /\u{e9} HTTP/1.1", .badRequestLine), ("GET / HTTP/1.1\rX: y", .badRequestLine),
        ("GET / HTTP/2.0", .unsupportedVersion), ("GET / HTTP/1.2", .unsupportedVersion),
        ("GET / HTTP/0.9", .unsupportedVersion), ("PRI * HTTP/2.0", .unsupportedVersion),
        ("GET * HTTP/1.1", .badTarget), ("GET a/b HTTP/1.1", .badTarget), ("GET ../x HTTP/1.1", .badTarget),
        ("GET host:80 HTTP/1.1", .badTarget), ("GET http:///x HTTP/1.1", .badTarget),
        ("GET ftp://h/ HTTP/1.1", .badTarget),
        ("GET http://u:p@h/ HTTP/1.1", .badTarget), ("GET http://h:x/ HTTP/1.1", .badTarget),
        ("CONNECT h:443 HTTP/1.1", .connectRefused), ("MKCOLA / HTTP/1.1", .unknownMethod),
        ("get / HTTP/1.1", .unknownMethod), ("GET http://other/ HTTP/1.1", .hostMismatch),
        ("GET http://h:81/ HTTP/1.1", .hostMismatch),
    ]

    @Test(arguments: badLines)
    func `a bad request line is refused`(line: String, error: HTTP1Error) {
        let wire = "\(line)\r\nHost: h\r\n\r\n"
        #expect(Transcript.ofRequests([wire.bytes]) == Transcript(error: error))
        #expect(Transcript.ofRequests(wire.bytes.singles) == Transcript(error: error))
    }

    /// Fields and their errors; a good request line and a Host field stand before them.
    static let badFields: [(String, HTTP1Error)] = [
        ("Host: h", .duplicateHost), ("Host: other", .duplicateHost),
        ("Content-Length: 5\r\nContent-Length: 5", .duplicateContentLength),
        ("Content-Length: 5\r\nContent-Length: 6", .duplicateContentLength), ("Content-Length: ", .badContentLength),
        ("Content-Length: +5", .badContentLength), ("Content-Length: -1", .badContentLength),
        ("Content-Length: 0x5", .badContentLength), ("Content-Length: 5 5", .badContentLength),
        ("Content-Length: 5, 5", .badContentLength), ("Content-Length: 18446744073709551621", .badContentLength),
        ("Content-Length: 9223372036854775808", .badContentLength), ("Content-Length: 1_0", .badContentLength),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked", .lengthAndEncoding),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5", .lengthAndEncoding),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .duplicateTransferEncoding),
        ("Transfer-Encoding: xchunked", .unsupportedTransferEncoding),
        ("Transfer-Encoding: gzip, chunked", .unsupportedTransferEncoding),
        ("Transfer-Encoding: chunked, identity", .unsupportedTransferEncoding),
        ("Transfer-Encoding:", .unsupportedTransferEncoding),
        ("Transfer-Encoding: \u{e9}chunked", .unsupportedTransferEncoding),
        ("Transfer-Encoding: chunked\u{B}", .controlCharacter), ("Transfer-Encoding : chunked", .blankBeforeColon),
        ("Transfer_Encoding: chunked", .aliasedName), ("content_length: 5", .aliasedName),
        ("X_Forwarded_For: 1.2.3.4", .aliasedName), ("X-Forwarded_User: root", .aliasedName),
        ("Expect: 200-ok", .badExpectation), ("Expect: 100-continue, x", .badExpectation),
        ("Expect: 100-continue\r\nExpect: 100-continue", .badExpectation), ("A: b\r\n c", .lineFolding),
        ("A: b\nC: d", .bareLineFeed), ("A: b\rC: d", .bareCarriageReturn), ("A: \0", .controlCharacter),
        ("A", .missingColon), (": a", .emptyName), ("A b: c", .blankBeforeColon), ("\u{e9}: c", .invalidName),
    ]

    @Test(arguments: badFields)
    func `a bad field is refused`(fields: String, error: HTTP1Error) {
        for line in ["POST / HTTP/1.1", "POST / HTTP/1.0"] {
            let wire = "\(line)\r\nHost: h\r\n\(fields)\r\n\r\n"
            #expect(Transcript.ofRequests([wire.bytes]) == Transcript(error: error))
            #expect(Transcript.ofRequests(wire.bytes.singles) == Transcript(error: error))
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", HTTP1Error.missingHost), ("GET http://h/ HTTP/1.1\r\n\r\n", .missingHost),
        ("GET / HTTP/1.1\r\nHost:\r\n\r\n", .badHost), ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", .badHost), ("GET / HTTP/1.0\r\nHost: a/b\r\n\r\n", .badHost),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingOnOldVersion),
        ("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", .badRequestLine),
        ("\rGET / HTTP/1.1\r\n\r\n", .bareCarriageReturn),
        ("\nGET / HTTP/1.1\r\n\r\n", .badRequestLine), ("\u{16}\u{3}\u{1}", .badRequestLine),
        ("GET / HTTP/1.1\rX", .badRequestLine),
        ("GET / HTTP/1.1\r\nHost: h\r\n\r", .truncated),
    ])
    func `a bad beginning is refused at once`(wire: String, error: HTTP1Error) {
        let expected = Transcript(error: error == .truncated ? nil : error)
        #expect(Transcript.ofRequests([wire.bytes]) == expected)
        #expect(Transcript.ofRequests(wire.bytes.singles) == expected)
    }

    /// Chunked bodies and their errors.
    static let badBodies: [(String, HTTP1Error)] = [
        ("\r\n", .badChunkSize), ("x\r\n", .badChunkSize), ("-1\r\n", .badChunkSize), (" 5\r\n", .badChunkSize),
        ("0x5\r\n", .badChunkSize), ("5 5\r\n", .badChunkSize), ("00000000000000005\r\n", .badChunkSize),
        ("8000000000000000\r\n", .badChunkSize), ("5\nhello", .bareLineFeed), ("5\rhello", .bareCarriageReturn),
        ("5;\nxx", .bareLineFeed), ("5;a\rb", .bareCarriageReturn), ("5;a\u{0}", .badChunkExtension),
        ("5;a=\"b\r\n", .badChunkExtension), ("5;a=\"b\\\n", .bareLineFeed), ("5\r\nhelloX", .badChunkEnd),
        ("5\r\nhello\n", .badChunkEnd), ("5\r\nhello\r0", .badChunkEnd), ("0\r\nA b: c\r\n", .blankBeforeColon),
        ("0\r\n\rx", .bareCarriageReturn), ("0\r\n\n", .bareLineFeed), ("0\r\nA: b\n", .bareLineFeed),
        ("0\r\n a: b\r\n", .lineFolding), ("0\r\nx_forwarded_for: b\r\n", .aliasedName),
    ]

    @Test(arguments: badBodies)
    func `a bad chunked body is refused`(body: String, error: HTTP1Error) {
        let wire = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body
        #expect(Transcript.ofRequests([wire.bytes]).error == error)
        #expect(Transcript.ofRequests(wire.bytes.singles).error == error)
    }

    @Test func `an error is for good`() {
        var reader = RequestReader()
        var head = HTTPRequestHead()
        for wire in ["BAD\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", ""] {
            var input = Bytes(wire)
            var error: HTTP1Error?
            do throws(HTTP1Error) { _ = try reader.next(&input, into: &head) } catch let caught { error = caught }
            #expect(error == .badRequestLine)
        }
    }

    @Test func `the reader knows where it stands`() throws {
        var reader = RequestReader()
        var head = HTTPRequestHead()
        var marks: [String] = []
        func mark(_ reader: borrowing RequestReader) {
            marks.append(reader.isAtMessageBoundary ? "boundary" : reader.isInsideHead ? "head" : "body")
        }
        mark(reader)
        for piece in ["\r\n", "GET", " / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n", "x", "\r"] {
            var input = Bytes(piece)
            while try reader.next(&input, into: &head) != nil {}
            mark(reader)
        }
        #expect(marks == ["boundary", "boundary", "head", "body", "boundary", "boundary"])
    }

    @Test func `body bytes are slices of the input`() throws {
        var reader = RequestReader()
        var head = HTTPRequestHead()
        let wire = Bytes("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
        var input = wire
        var slabs: [Slab] = []
        while let event = try reader.next(&input, into: &head) {
            if case .body(let data) = event { slabs.append(data.slab) }
        }
        #expect(slabs.count == 1 && slabs[0] === wire.slab)
    }
}
