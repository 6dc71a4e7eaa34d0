import Buffers
import Testing
import WebSocket

@Suite struct ConnectionTests {
    @Test func `what one end says the other hears`() {
        let client = Endpoint(.client)
        let server = Endpoint(.server)
        server.echoes = true
        client.send(.text("hello"))
        client.send(.binary(Bytes([1, 2, 3])))
        server.receive(client.takeOutput())
        client.receive(server.takeOutput())
        #expect(client.events == [.message(.text("hello")), .message(.binary(Bytes([1, 2, 3])))])
        client.write { (connection, out) in connection.close(WebSocketClose(.normal, "bye"), into: &out, at: 0) }
        server.receive(client.takeOutput())
        #expect(server.events.last == .close(WebSocketClose(.normal, "bye")))
        #expect(server.isClosed && !client.isClosed)
        client.receive(server.takeOutput())
        #expect(client.isClosed)
    }
}
