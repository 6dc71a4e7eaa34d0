import Buffers
import CLinux
import COpenSSL
import TestSupport
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct TLSSocketTests {
    let fixture: TLSFixture

    init() throws {
        fixture = try TLSFixture()
    }

    @Test func `what is written arrives, both ways, and both ends end in order`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { _ = EchoHandler($0) }
            let log = EventLog()
            await workers[0].connect(to: address, try fixture.client(), log) { socket, event in
                if event == .connected { socket.write(Bytes("hello")) }
                if case .received = event { socket.shutdownWrite() }
            }
            #expect(await log.all() == [.connected, .received(Array("hello".utf8)), .receivedEnd, .closed(nil)])
        }
    }

    @Test func `an end goes on writing when the other has said goodbye`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                _ = Recorder(accepted, EventLog()) { socket, event in
                    guard event == .receivedEnd else { return }
                    socket.write(Bytes("still here"))
                    socket.close()
                }
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            client.end()
            #expect(client.receive() == Array("still here".utf8))
            #expect(client.receive() == [])
        }
    }

    @Test func `a FIN without a goodbye is told as truncation, after what came before`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { _ = Recorder($0, log) }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            client.send([1, 2, 3])
            client.cut()
            #expect(await log.all() == [.connected, .received([1, 2, 3]), .closed(.truncated)])
            #expect(ReactorError.truncated.description == "tls: the connection ended without close_notify")
        }
    }

    @Test func `an end that vanishes is told as the kernel says it`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                _ = Recorder(accepted, log) { if $1 == .connected { $0.write(Bytes("hello")) } }
            }
            let mine = EventLog()
            await workers[0].connect(to: address, try fixture.client(), mine) { socket, event in
                if case .received = event { socket.abort() }
            }
            #expect(await mine.all() == [.connected, .received(Array("hello".utf8)), .closed(nil)])
            #expect(await log.all() == [.connected, .closed(ReactorError(.read, code: ECONNRESET))])
        }
    }

    @Test func `what is written before the handshake is sent after it`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                _ = EchoHandler(accepted)
                accepted.write(Bytes("welcome "))
            }
            let log = EventLog()
            let context = try fixture.client()
            await workers[0].run { worker in
                let socket = worker.reactor.connect(to: address, tls: context, serverName: "server.test")
                _ = Recorder(socket, log)
                socket.write(Bytes("early"))
                socket.shutdownWrite()
            }
            #expect(
                await log.all() == [.connected, .received(Array("welcome early".utf8)), .receivedEnd, .closed(nil)])
        }
    }

    @Test func `closed during the handshake, a socket still sends what was written`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                _ = Recorder(accepted, EventLog())
                accepted.write(Bytes("too many of you"))
                accepted.close()
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            #expect(client.receive() == Array("too many of you".utf8))
            #expect(client.receive() == [])
        }
    }

    @Test func `a paused socket shakes hands and delivers what came along when it resumes`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                accepted.reactor[Recorder.self] = Recorder(accepted, log)
                accepted.pauseReading()
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            client.send([1])
            client.send([2])
            client.end()
            #expect(await log.wait(for: .connected))
            await workers[0].run { $0.reactor[Recorder.self]?.socket.resumeReading() }
            #expect(await log.wait(for: .receivedEnd))
            await workers[0].run { $0.reactor[Recorder.self]?.socket.close() }
            #expect(await log.all() == [.closed(nil)])
        }
    }

    @Test func `a handler that pauses after every delivery gets every byte and the end`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                let recorder = Recorder(accepted, log) { socket, event in
                    guard case .received = event else {
                        if event == .receivedEnd { socket.close() }
                        return
                    }
                    socket.pauseReading()
                    socket.reactor.start({ _ in }, completion: { socket.resumeReading() })
                }
                accepted.reactor[Recorder.self] = recorder
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            let message = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            #expect(client.send(message))
            client.end()
            let events = await log.all()
            #expect(events == [.connected, .received(message), .receivedEnd, .closed(nil)])
        }
    }

    @Test func `garbage after the handshake ends the connection`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { _ = Recorder($0, log) }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            _ = [UInt8](repeating: 0x55, count: 100).withUnsafeBytes {
                dragoman_send(SSL_get_fd(client.ssl), $0.baseAddress, $0.count)
            }
            let events = await log.all()
            guard case .closed(let error?)? = events.last else { return #expect(Bool(false), "\(events)") }
            #expect(error.operation == .tls)
        }
    }
}
