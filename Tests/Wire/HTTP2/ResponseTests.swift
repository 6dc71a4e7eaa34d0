import Buffers
import HTTP
import HTTP2
import Testing

/// What a client makes of what a server sends.
struct ResponseTests {
    typealias F = Frames

    /// A client that has asked for stream 1, and read `frames`.
    private func client(_ method: HTTPMethod = .get, _ frames: [UInt8], pieces: Int = 1 << 20) throws -> Endpoint {
        let client = Endpoint(.client)
        _ = try client.session.request(HTTPRequestHead(method, "/"), isSecure: true)
        _ = client.output()
        let bytes = F.settings() + F.settingsAck + frames
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            client.session.receive(Bytes(Array(bytes[start..<min(start + pieces, bytes.count)])), at: 0)
        }
        return client
    }

    private func head(_ status: String, _ fields: [(String, String)] = [], end: Bool = true) -> [UInt8] {
        F.headers(1, [(":status", status)] + fields, end: end)
    }

    @Test func `a good response is whole`() throws {
        let frames =
            head("103", [("link", "a")], end: false) + head("200", [("content-length", "4")], end: false)
            + F.data(1, "te".bytes) + F.data(1, "st".bytes) + F.headers(1, [("x", "y")])
        for pieces in [1, 5, 1000] {
            let message = try #require(try client(.get, frames, pieces: pieces).messages[1])
            #expect(message.interim == ["103 none link: a"])
            #expect(message.head == "200 known(4) ")
            #expect(message.body == "test".bytes)
            #expect(message.trailers == "x: y")
            #expect(message.isWhole && message.end == .finished)
        }
    }

    @Test func `a malformed response is reset`() throws {
        let open = head("200", end: false)
        let cases: [(frames: [UInt8], error: HTTP2Error)] = [
            (F.headers(1, [("x", "y")]), .missingPseudoField), (head("20"), .badStatus), (head("2000"), .badStatus),
            (head("2x0"), .badStatus), (head("099"), .badStatus), (head("101", end: false), .unexpectedSwitch),
            (head("200", [(":status", "200")]), .badPseudoField), (head("200", [(":path", "/")]), .badPseudoField),
            (F.headers(1, [("x", "y"), (":status", "200")]), .badPseudoField),
            (head("200", [("Set-Cookie", "a")]), .invalidName), (head("200", [("x", "a\r\ny: b")]), .controlCharacter),
            (head("200", [("connection", "close")]), .connectionField),
            (head("200", [("transfer-encoding", "chunked")]), .connectionField),
            (head("200", [("content-length", "x")]), .badContentLength),
            (head("200", [("content-length", "1"), ("content-length", "1")]), .duplicateContentLength),
            (head("200", [("content-length", "5")]), .lengthMismatch),
            (head("200", [("content-length", "5")], end: false) + F.data(1, [1], end: true), .lengthMismatch),
            (head("200", [("content-length", "1")], end: false) + F.data(1, [1, 2]), .lengthMismatch),
            (head("204", end: false) + F.data(1, [1]), .lengthMismatch),
            (head("304", end: false) + F.data(1, [1]), .lengthMismatch),
            (head("204", [("content-length", "5")]), .bodyNotAllowed), (head("100"), .trailersNotLast),
            (head("100", [("content-length", "5")], end: false), .bodyNotAllowed),
            (head("100", end: false) + F.data(1, [1]), .dataBeforeHead),
            (open + F.headers(1, [("x", "y")], end: false), .trailersNotLast),
            (open + F.headers(1, [(":status", "200")]), .badPseudoField),
            (open + F.headers(1, [("x", "a\nb")]), .controlCharacter),
            ((0..<9).flatMap { _ in head("103", end: false) }, .tooManyInterimResponses),
            (head("200", Array(repeating: ("a", "b"), count: 101)), .tooManyFields),
        ]
        for (index, item) in cases.enumerated() {
            for pieces in [1, 1000] {
                let client = try client(.get, item.frames, pieces: pieces)
                #expect(client.messages[1]?.end == .violated(item.error), "case \(index)")
                #expect(client.messages[1]?.isWhole == false, "case \(index)")
                #expect(client.failure == nil)
                #expect(Frame.all(in: client.output()).contains { $0.kind == 3 && $0.stream == 1 })
                #expect(client.session.openStreams == 0)
            }
        }
    }

    @Test func `a server's offence ends the connection`() throws {
        let cases: [(frames: [UInt8], error: HTTP2Error)] = [
            (F.data(1, [1]), .protocolViolation), (F.data(3, [1]), .protocolViolation),
            (F.data(2, [1]), .protocolViolation),
            (F.headers(2, [(":status", "200")]), .protocolViolation),
            (F.headers(3, [(":status", "200")]), .protocolViolation),
            (F.frame(5, 4, 1, F.word(2) + F.block(F.get)), .protocolViolation),
            (head("200") + head("200"), .streamClosed), (head("200") + F.data(1, [1]), .streamClosed),
            (F.settings([(2, 1)]), .protocolViolation), (F.window(0, 0x7FFF_FFFF), .flowControl),
            (F.headers(1, [0x80]), .compression), (F.goAway(1, 0) + F.goAway(5, 0), .protocolViolation),
            (F.headers(1, F.block([(":status", "200")]), whole: false) + F.ping, .protocolViolation),
        ]
        for (index, item) in cases.enumerated() {
            for pieces in [1, 1000] {
                let client = try client(.get, item.frames, pieces: pieces)
                _ = client.output()
                #expect(client.failure == item.error, "case \(index)")
                let end = client.messages[1]?.end
                // A GOAWAY that names no stream has refused it before.
                #expect(
                    end == .lost || end == .finished || end == .refused, "case \(index): \(String(describing: end))")
            }
        }
    }

    @Test func `an answer to HEAD has a length and no body`() throws {
        let message = try #require(try client(.head, head("200", [("content-length", "5")])).messages[1])
        #expect(message.head == "200 known(5) ")
        #expect(message.isWhole && message.end == .finished)
        let worse = try client(.head, head("200", [("content-length", "5")], end: false) + F.data(1, [1]))
        #expect(worse.messages[1]?.end == .violated(.lengthMismatch))
    }

    @Test func `resets tell whether the request may be sent again`() throws {
        #expect(try client(.post, F.reset(1, 7)).messages[1]?.end == .refused)
        #expect(try client(.post, F.reset(1, 2)).messages[1]?.end == .reset(.internalError))
        #expect(try client(.post, F.goAway(0, 0)).messages[1]?.end == .refused)
        #expect(try client(.post, F.goAway(1, 0)).messages[1]?.end == nil)
    }

    @Test func `a server may change how many streams it takes`() throws {
        let client = try client(.get, F.settings([(3, 5)]))
        #expect(client.session.maximumStreams == 5)
        #expect(client.session.availableStreams == 4)
        #expect(client.settingsCount == 2)
        client.session.receive(Bytes(F.settings([(3, 0)])), at: 0)
        #expect(client.session.availableStreams == 0)
    }

    @Test func `priorities and unknown frames mean nothing`() throws {
        let frames =
            F.priority(1, on: 3) + F.frame(0xA, 0, 0, [0, 0, 1]) + F.frame(0xC, 0, 0, [0, 1, 0x61]) + head("200")
        #expect(try client(.get, frames).messages[1]?.isWhole == true)
    }
}
