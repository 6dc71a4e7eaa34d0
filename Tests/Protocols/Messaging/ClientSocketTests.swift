import Buffers
import Canonical
import Engine
import Reactor
import TestSupport
import Testing
import WebSocket

@testable import Messaging

/// A socket as the push API has it, and as a slow client has it.
@Suite(.timeLimit(.minutes(1))) struct ClientSocketTests {
    private static func open(_ reactor: Reactor, _ settings: SocketSettings = .plain()) -> Scene {
        let scene = Scene(
            reactor, BridgePlan(fallback: .address("/all")).factory(settings: settings, failures: Reasons()))
        scene.open()
        return scene
    }

    @Test func `what is pushed is sent and counted`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor, .plain(messageBytes: 10))
            let socket = try #require(scene.socket)
            #expect(socket.push(Bytes("ü"), isText: true) == .sent(number: 1))
            #expect(socket.push(Bytes([0, 255]), isText: false) == .sent(number: 2))
            #expect(socket.push(Bytes(), isText: true) == .sent(number: 3))
            #expect(socket.push(Bytes("12345678901"), isText: true) == .tooLarge(limit: 10))
            #expect(scene.client.news() == ["ü", "[0, 255]", ""])
            scene.send("x")
            let facts = socket.facts
            #expect(facts.messagesSent == 3 && facts.bytesSent == scene.client.bytes)
            #expect(facts.messagesReceived == 1 && facts.bytesReceived == 7)
            #expect(facts.route == "routes[0]" && facts.address == "192.0.2.1" && facts.queuedBytes == 0)
        }
    }

    @Test func `a client that does not read costs what its queue may`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor, .plain(queueBytes: 4096))
            let socket = try #require(scene.socket)
            scene.client.isWritable = false
            let payload = Bytes([UInt8](repeating: 7, count: 1000))
            // The first still finds the connection open.
            var pushed: [SocketPush] = []
            for _ in 0..<100 { pushed.append(socket.push(payload, isText: false)) }
            #expect(pushed.prefix(5) == (1...5).map { SocketPush.sent(number: $0) }[...])
            #expect(pushed.dropFirst(5).allSatisfy { $0 == .full })
            #expect(socket.stage == .open && socket.facts.queuedBytes <= 4096)
            #expect(scene.client.bytes <= 1004 + 4096)
            scene.drain()
            #expect(socket.facts.queuedBytes == 0)
            #expect(socket.push(payload, isText: false) == .sent(number: 6))
        }
    }

    @Test(arguments: [1, 60, 63, 64, 65, 1000, 4000, 4031, 4032, 4033, 4096])
    func `what is pushed never cuts a client off`(length: Int) async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor, .plain(queueBytes: 4096))
            let socket = try #require(scene.socket)
            scene.client.isWritable = false
            let payload = Bytes([UInt8](repeating: 7, count: length))
            for _ in 0..<5000 { _ = socket.push(payload, isText: false) }
            #expect(socket.stage == .open && socket.facts.queuedBytes <= 4096)
        }
    }

    @Test func `answers that a client does not read cut it off`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor, .plain(queueBytes: 4096))
            let name = scene.name
            scene.send("x")
            scene.client.isWritable = false
            _ = scene.socket?.push(Bytes("full"), isText: true)
            scene.service.requests[0].answer(200, String(repeating: "x", count: 5000))
            #expect(scene.client.heard.last == "abort")
            #expect(scene.end(of: name) == 1006 && scene.gateway.sockets.count == 0)
        }
    }

    @Test func `whoever waits for what was sent is told when it is`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            let socket = try #require(scene.socket)
            let told = Told()
            socket.whenWritten { told.add("at once \($0)") }
            scene.client.isWritable = false
            _ = socket.push(Bytes("x"), isText: true)
            socket.whenWritten { told.add("later \($0)") }
            socket.whenWritten { told.add("too \($0)") }
            #expect(told.texts == ["at once true"])
            scene.drain()
            #expect(told.texts == ["at once true", "later true", "too true"])
            scene.client.isWritable = false
            _ = socket.push(Bytes("x"), isText: true)
            socket.whenWritten { told.add("never \($0)") }
            scene.leave()
            #expect(told.texts.last == "never false")
        }
    }

    @Test func `a socket that is closed is gone for others at once`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            let (name, socket) = (scene.name, try #require(scene.socket))
            socket.close(code: 4001, reason: "bye")
            #expect(scene.client.news() == ["close 4001 bye"])
            #expect(scene.end(of: name) == 4001 && socket.stage == .closing(code: 4001))
            #expect(socket.push(Bytes("x"), isText: true) == .notOpen)
            scene.sendAnswers()
            #expect(scene.isOver && scene.end(of: name) == 4001 && scene.gateway.sockets.count == 0)
        }
    }

    @Test func `a worker that drains closes its sockets one after the other`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.gateway.sockets.drain(over: .seconds(4))
            scene.wait(.milliseconds(1))
            #expect(scene.client.news() == ["close 1012 restart"])
        }
    }

    @Test func `a client that breaks the protocol is told so and leaves`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            let name = scene.name
            scene.receive(Bytes([0x81, 0x01, 0x41]))
            #expect(scene.client.news().first?.hasPrefix("close 1002 ") == true)
            #expect(scene.end(of: name) == 1002)
        }
    }

    private final class Told {
        private(set) var texts: [String] = []
        func add(_ text: String) { texts.append(text) }
    }
}
