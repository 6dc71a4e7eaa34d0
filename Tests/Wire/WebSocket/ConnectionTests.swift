import Buffers
import Testing
import WebSocket

@Suite struct ConnectionTests {
    private let second: Int64 = 1_000_000_000

    // MARK: Closing

    @Test func `what one end says the other hears`() {
        let client = Endpoint(.client)
        let server = Endpoint(.server)
        server.echoes = true
        client.send(.text("hello"))
        client.send(.binary(Bytes([1, 2, 3])))
        server.receive(client.takeOutput())
        client.receive(server.takeOutput())
        #expect(client.events == [.message(.text("hello")), .message(.binary(Bytes([1, 2, 3])))])
        client.close(.normal, "bye")
        server.receive(client.takeOutput())
        #expect(server.events.last == .close(WebSocketClose(.normal, "bye")))
        #expect(server.isClosed && !client.isClosed && !client.isOpen)
        client.receive(server.takeOutput())
        #expect(client.isClosed && client.events.last == .close(WebSocketClose(.normal)))
    }

    @Test func `both may say goodbye at once`() {
        let client = Endpoint(.client)
        let server = Endpoint(.server)
        client.close(.normal, "")
        server.close(.goingAway, "drain")
        let (fromClient, fromServer) = (client.takeOutput(), server.takeOutput())
        client.receive(fromServer)
        server.receive(fromClient)
        #expect(client.events == [.close(WebSocketClose(.goingAway, "drain"))])
        #expect(server.events == [.close(WebSocketClose(.normal))])
        #expect(client.isClosed && server.isClosed)
        #expect(client.takeOutput().isEmpty && server.takeOutput().isEmpty)
    }

    @Test func `after goodbye nothing is sent, and nothing answered`() {
        let client = Endpoint(.client)
        client.close(.normal, "")
        #expect(client.takeFrames() == [.close(1000)])
        client.receive(Frame.text("late").bytes(key: nil) + Frame.ping().bytes(key: nil))
        client.send(.text("no"))
        client.write { (connection, out) in connection.ping(into: &out) }
        client.close(.goingAway, "again")
        #expect(client.takeOutput().isEmpty)
        #expect(client.events == [.ping(Bytes())])
        #expect(client.connection.receivedEnd() == .abnormal)
        #expect(client.isClosed)
        #expect(client.connection.receivedEnd() == nil)
    }

    @Test func `an error is told once and stays`() {
        let server = Endpoint(.server)
        server.receive(Frame.text("plain").bytes(key: nil))
        #expect(server.error == .unmasked)
        #expect(server.isClosed)
        #expect(server.takeFrames() == [.close(1002, WebSocketError.unmasked.message.bytes)])
        server.error = nil
        server.receive(Frame.text("masked").bytes(key: [1, 2, 3, 4]))
        #expect(server.error == .unmasked)
        #expect(server.takeOutput().isEmpty && server.events.isEmpty)
        #expect(server.connection.receivedEnd() == nil)
    }

    @Test func `a reason is cut between characters`() {
        let client = Endpoint(.client)
        client.close(.internalError, String(repeating: "€", count: 50))
        #expect(client.takeFrames() == [.close(1011, String(repeating: "€", count: 41).bytes)])
        let other = Endpoint(.client)
        other.close(.abnormal, "never sent")
        #expect(other.takeFrames() == [.close()])
    }

    // MARK: Time

    @Test func `a silent peer is asked, and given up when it stays so`() {
        let server = Endpoint(.server)
        #expect(server.deadline == 30 * second)
        server.expire(at: 29 * second)
        #expect(server.takeOutput().isEmpty)
        server.expire(at: 30 * second)
        #expect(server.takeFrames() == [.ping()])
        #expect(server.deadline == 60 * second)
        server.now = 40 * second
        server.receive(Frame.pong().bytes(key: [1, 2, 3, 4]))
        #expect(server.deadline == 70 * second)
        server.expire(at: 70 * second)
        #expect(server.takeFrames() == [.ping()])
        server.expire(at: 99 * second)
        #expect(server.error == nil && server.isOpen)
        server.expire(at: 100 * second)
        #expect(server.error == .noAnswer && server.isClosed && server.deadline == .max)
        #expect(server.takeFrames() == [.close(3008, WebSocketError.noAnswer.message.bytes)])
    }

    @Test func `our own silence is not the peer's`() {
        let server = Endpoint(.server)
        server.connection.resumeReading(at: 90 * second)
        #expect(server.deadline == 120 * second)
    }

    @Test func `who does not answer goodbye is left`() {
        let server = Endpoint(.server)
        server.now = 7 * second
        server.close(.serviceRestart, "")
        #expect(server.deadline == 12 * second)
        server.expire(at: 11 * second)
        #expect(server.error == nil)
        _ = server.takeOutput()
        server.expire(at: 12 * second)
        #expect(server.error == .noClose && server.isClosed)
        #expect(server.takeOutput().isEmpty)
    }

    @Test func `pings can be switched off`() {
        var settings = WebSocketSettings()
        settings.pingNanoseconds = 0
        #expect(Endpoint(.server, settings: settings).deadline == .max)
    }

    @Test func `what was spent on pings is forgotten with time`() {
        var settings = WebSocketSettings()
        settings.controlBurst = 2
        settings.controlsPerSecond = 1
        let server = Endpoint(.server, settings: settings)
        let ping = Frame.ping().bytes(key: [1, 2, 3, 4])
        for time in 1...20 {
            server.now = Int64(time) * second
            server.receive(ping)
        }
        #expect(server.error == nil)
        server.receive(ping, ping)
        #expect(server.error == .controlFlood)
    }

    // MARK: Back-pressure

    @Test func `of the pings that wait the last is answered`() {
        let server = Endpoint(.server)
        server.connection.pauseWriting()
        for number in 1...3 as ClosedRange<UInt8> { server.receive(Frame.ping([number]).bytes(key: [1, 2, 3, 4])) }
        #expect(server.takeOutput().isEmpty && server.events.count == 3)
        server.write { (connection, out) in connection.resumeWriting(into: &out) }
        #expect(server.takeFrames() == [.pong([3])])
        server.write { (connection, out) in connection.resumeWriting(into: &out) }
        #expect(server.takeOutput().isEmpty)
        server.receive(Frame.ping([4]).bytes(key: [1, 2, 3, 4]))
        #expect(server.takeFrames() == [.pong([4])])
    }

    // MARK: Copies and memory

    @Test func `a message without a mask stays where it came`() {
        let client = Endpoint(.client)
        let input = Bytes(Frame.text("hello").bytes(key: nil) + Frame.ping([1]).bytes(key: nil))
        client.receive(input)
        guard case .message(let message) = client.events.first, case .ping(let payload) = client.events.last else {
            Issue.record("\(client.events)")
            return
        }
        #expect(message.payload.slab === input.slab && payload.slab === input.slab)
    }

    @Test func `a large message is sent from where it is`() {
        var server = WebSocketConnection(.server, pool: .forTests(), at: 0)
        var out = ByteWriter()
        let large = Bytes(Array(repeating: 1, count: 70_000))
        let rest = server.send(.binary(large), into: &out)
        #expect(rest?.slab === large.slab)
        #expect(out.finish().array == [0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70])
        let small = server.send(.binary(Bytes([1, 2])), into: &out)
        #expect(small == nil)
        #expect(out.finish().array == [0x82, 2, 1, 2])
    }

    @Test func `a client masks with a key that is new each time`() {
        var client = WebSocketConnection(.client, pool: .forTests(), at: 0)
        var keys: Set<[UInt8]> = []
        for _ in 0..<500 {
            var out = ByteWriter()
            _ = client.send(.text("x"), into: &out)
            keys.insert(Array(out.finish().array[2..<6]))
        }
        // The tests' pool has 256 and begins again.
        #expect(keys.count == 256)
    }

    @Test func `an idle connection is small`() {
        #expect(MemoryLayout<WebSocketConnection>.size <= 512)
    }
}
