import Buffers
import HTTP
import HTTP2
import Testing

struct ExchangeTests {
    @Test func `a request without a body is answered`() throws {
        var pair = Pair()
        let server = pair.server
        server.whenWhole = { stream in
            try? server.session.respond(HTTPResponseHead(200, body: .known(5), [("x-a", "b")]), on: stream)
            try? server.session.write(Bytes("hello"), to: stream)
            try? server.session.end(on: stream)
        }
        let number = try pair.send(HTTPRequestHead(.get, "/a?b", [("accept", "*/*")]))
        pair.talk()
        #expect(server.messages[number]?.head == "GET /a?b @localhost none accept: */*")
        let answer = try #require(pair.client.messages[number])
        #expect(answer.head == "200 known(5) x-a: b")
        #expect(answer.body == "hello".bytes)
        #expect(answer.isWhole)
        #expect(answer.end == .finished)
        #expect(server.messages[number]?.end == .finished)
        #expect(pair.client.session.openStreams == 0)
        #expect(server.session.openStreams == 0)
    }
}
