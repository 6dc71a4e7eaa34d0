import Canonical
import Engine
import HTTP1
import Reactor
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct ListenerLimitTests {
    private let origin = Origin.answering { _ in "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok" }
    private let get = "GET / HTTP/1.1\r\nhost: x\r\n\r\n"

    @Test func `a client that never says anything is closed`() async throws {
        let settings = ListenerSettings(headTimeout: .milliseconds(20))
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let client = gateway.connect()
            #expect(client.readToEnd() == "" && !client.wasReset)
        }
    }

    @Test func `a client that says no more is closed`() async throws {
        let settings = ListenerSettings(idleTimeout: .milliseconds(20))
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let client = gateway.connect()
            client.send(get)
            #expect(client.readResponse()?.body.text == "ok")
            #expect(client.readToEnd() == "" && !client.wasReset)
        }
    }

    @Test func `a slow head is 408`() async throws {
        let settings = ListenerSettings(headTimeout: .milliseconds(20))
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let response = gateway.ask("GET / HTTP/1.1\r\nhost")
            #expect(response?.status == 408 && response?.body.text == "request.timeout")
            #expect(response?.fields["connection"] == "close" && origin.notes.isEmpty)
        }
    }

    @Test func `a slow body is 408 and takes its attempt along`() async throws {
        let origin = Origin { origin, peer, _ in
            _ = peer.readHead()
            origin.note(peer.readToEnd())
        }
        let settings = ListenerSettings(minimumBodyBytesPerSecond: 1000, bodyRatePeriod: .milliseconds(20))
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let response = gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc")
            #expect(response?.status == 408 && response?.fields["connection"] == "close")
            await origin.waitForNotes(1)
            #expect(origin.notes == ["abc"])
        }
    }

    @Test func `a body that keeps its rate has no end but its own`() async throws {
        let origin = Origin.answering { request in
            "HTTP/1.1 200 OK\r\ncontent-length: \(request.body.bytes.count)\r\n\r\n\(request.body.text)"
        }
        let settings = ListenerSettings(
            minimumBodyBytesPerSecond: 0, bodyRatePeriod: .milliseconds(1), bodyTimeout: .milliseconds(1))
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let client = gateway.connect()
            client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 300\r\n\r\n")
            for _ in 0..<300 {
                client.send("a")
                // Another connection's whole exchange lies between the bytes.
                #expect(gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n")?.status == 200)
            }
            #expect(client.readResponse()?.body.bytes.count == 300)
        }
    }

    @Test func `a body that is gathered must be whole in time`() async throws {
        let settings = ListenerSettings(
            minimumBodyBytesPerSecond: 0, bodyRatePeriod: .milliseconds(1), bodyTimeout: .milliseconds(20))
        try await withGateway(plan: gatheringPlan(to: [Endpoint(origin)]), settings: settings) { gateway in
            let response = gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc")
            #expect(response?.status == 408 && response?.body.text == "request.timeout")
            #expect(origin.notes.isEmpty)
            #expect(gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc")?.body.text == "ok")
        }
    }

    @Test func `a client that does not read is cut off`() async throws {
        let origin = Origin { origin, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\n\r\n")
            while peer.send([UInt8](repeating: 0x61, count: 1 << 20)) {}
            origin.note("cut")
        }
        let settings = ListenerSettings(writeStallTimeout: .milliseconds(50))
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let client = gateway.connect(receiveBuffer: 4096)
            client.send(get)
            await origin.waitForNotes(1)
            await gateway.until { $0.listener.openConnections == 0 && $0.pools[0].open == 0 }
            _ = client.countToEnd()
            #expect(client.wasReset)
        }
    }

    @Test func `a client that goes without reading its last answer is cut off, too`() async throws {
        // Less than what makes a socket unwritable, more than the kernel takes.
        let settings = ListenerSettings(
            idleTimeout: .milliseconds(20), writeStallTimeout: .milliseconds(50), drainTimeout: .milliseconds(20))
        var reactor = ReactorSettings()
        reactor.highMark = 1 << 30
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 20000000\r\n\r\n")
            peer.send([UInt8](repeating: 0x61, count: 20_000_000))
        }
        try await withGateway(to: [Endpoint(origin)], settings: settings, reactor: reactor) { gateway in
            for line in ["", "connection: close\r\n"] {
                let client = gateway.connect(receiveBuffer: 4096)
                client.send("GET / HTTP/1.1\r\nhost: x\r\n\(line)\r\n")
                #expect(client.readHead() != nil)
                await gateway.until { $0.listener.openConnections == 0 }
            }
        }
    }

    @Test func `a slow reader gets all of its last answer`() async throws {
        let settings = ListenerSettings(drainTimeout: .milliseconds(1))
        let origin = Origin { _, peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n")
            peer.send([UInt8](repeating: 0x61, count: 10_000_000))
        }
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let client = gateway.connect(receiveBuffer: 65536)
            client.send("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(client.readHead() != nil)
            var left = 10_000_000
            while left > 0 {
                let piece = client.read(min(left, 100_000))
                if piece.isEmpty { break }
                left -= piece.count
                // Gives the gateway's timer its turns.
                _ = gateway.ask("?\r\n\r\n")
            }
            #expect(left == 0)
        }
    }

    @Test func `a client with too many connections is told so`() async throws {
        let settings = ListenerSettings(connectionsPerAddress: 2)
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            var clients = [gateway.connect(), gateway.connect()]
            for client in clients {
                client.send(get)
                #expect(client.readResponse()?.status == 200)
            }
            let refused = gateway.connect()
            let response = refused.readResponse()
            #expect(response?.status == 503 && response?.body.text == "listener.connections")
            #expect(response?.fields["connection"] == "close" && refused.readToEnd() == "")
            clients.removeLast()
            await gateway.until { $0.listener.openConnections == 1 }
            #expect(gateway.ask(get)?.status == 200)
        }
    }

    @Test func `far beyond the limit connections are only reset`() async throws {
        let settings = ListenerSettings(connections: 1, drainTimeout: .seconds(600))
        try await withGateway(to: [Endpoint(origin)], settings: settings) { gateway in
            let clients = (0..<20).map { _ in gateway.connect() }
            #expect(clients.last?.readToEnd() == "" && clients.last?.wasReset == true)
            #expect(await gateway.run { $0.listener.openConnections } == 17)
        }
    }

    @Test func `a large body is refused by its head`() async throws {
        var wire = HTTP1Limits()
        wire.bodyBytes = 10
        try await withGateway(to: [Endpoint(origin)], settings: ListenerSettings(http1: wire)) { gateway in
            #expect(gateway.ask("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 11\r\n\r\n")?.status == 413)
            let response = gateway.ask(
                "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n")
            #expect(response?.status == 413)
        }
    }
}
