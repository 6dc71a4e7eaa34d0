import Buffers
import Reactor
import Testing

@Suite(.timeLimit(.minutes(1))) struct SocketTests {
    @Test(arguments: [1, 4096, 4097, 100_000])
    func `an echo comes back whole, then both ends close`(count: Int) async throws {
        let sent = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try await withWorkers { workers in
            let address = try await workers[0].listen { _ = EchoHandler($0) }
            let log = EventLog()
            await workers[0].connect(to: address, log) { socket, event in
                guard event == .connected else { return }
                socket.write(Bytes(sent))
                socket.shutdownWrite()
            }
            let events = await log.all()
            #expect(events.filter { $0 != .drained } == [.connected, .received(sent), .receivedEnd, .closed(nil)])
        }
    }

    @Test func `what is written before the connection stands is sent then`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen { _ = EchoHandler($0) }
            let log = EventLog()
            await workers[0].run { worker in
                let socket = worker.reactor.connect(to: address)
                _ = Recorder(socket, log)
                socket.write(Bytes("early"))
                socket.write { $0.append(" bird") }
                socket.shutdownWrite()
            }
            let expected: [Event] = [.connected, .received(Array("early bird".utf8)), .receivedEnd, .closed(nil)]
            #expect(await log.all() == expected)
        }
    }

    @Test func `a peer that ends its side still gets the answer`() async throws {
        try await withWorkers { workers in
            let server = EventLog()
            let address = try await workers[0].listen { socket in
                _ = Recorder(socket, server) { socket, event in
                    guard event == .receivedEnd else { return }
                    socket.write(Bytes("answer"))
                    socket.close()
                }
            }
            let client = EventLog()
            await workers[0].connect(to: address, client) { socket, event in
                guard event == .connected else { return }
                socket.write(Bytes("question"))
                socket.shutdownWrite()
            }
            #expect(await client.all() == [.connected, .received(Array("answer".utf8)), .receivedEnd, .closed(nil)])
            #expect(await server.all() == [.connected, .received(Array("question".utf8)), .receivedEnd, .closed(nil)])
        }
    }

    @Test func `a FIN that comes together with data is not lost`() async throws {
        try await withWorkers { workers in
            let server = EventLog()
            let address = try await workers[0].listen { _ = Recorder($0, server) }
            // The server's worker is busy while data and FIN arrive, so that one event tells of both.
            let client = BlockingClient(address)
            await workers[0].run { _ in
                client.send(Array("last words".utf8))
                client.end()
            }
            #expect(await server.wait(for: .receivedEnd))
            client.close()
        }
    }

    @Test func `a reset is an error after the data that came before`() async throws {
        try await withWorkers { workers in
            let server = EventLog()
            let address = try await workers[0].listen { _ = Recorder($0, server) }
            let client = BlockingClient(address)
            await workers[0].run { _ in
                client.send(Array("data".utf8))
                client.reset()
            }
            let events = await server.all()
            #expect(events == [.connected, .received(Array("data".utf8)), .closed(ReactorError(.read, code: 104))])
        }
    }

    @Test func `abort sends a reset`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen { socket in
                _ = Recorder(socket, EventLog()) { socket, event in
                    if case .received = event { socket.abort() }
                }
            }
            let log = EventLog()
            await workers[0].connect(to: address, log) { socket, event in
                if event == .connected { socket.write(Bytes("hello")) }
            }
            #expect(await log.all() == [.connected, .closed(ReactorError(.read, code: 104))])
        }
    }

    @Test func `a paused socket hears of a reset`() async throws {
        try await withWorkers { workers in
            let server = EventLog()
            let address = try await workers[0].listen { socket in
                _ = Recorder(socket, server)
                socket.pauseReading()
            }
            let client = BlockingClient(address)
            #expect(await server.wait(for: .connected))
            client.reset()
            #expect(await server.all() == [.closed(ReactorError(.read, code: 104))])
        }
    }

    @Test func `what came before a reset waits for a paused socket`() async throws {
        try await withWorkers { workers in
            let server = EventLog()
            let address = try await workers[0].listen { socket in
                let recorder = Recorder(socket, server)
                socket.pauseReading()
                let reactor = socket.reactor
                reactor[Recorder.self] = recorder
            }
            let client = BlockingClient(address)
            #expect(await server.wait(for: .connected))
            client.send(Array("data".utf8))
            client.reset()
            // Two turns later the event of the reset has been seen.
            await workers[0].run { _ in }
            await workers[0].run { $0.reactor[Recorder.self]?.socket.resumeReading() }
            #expect(await server.all() == [.received(Array("data".utf8)), .closed(ReactorError(.read, code: 104))])
        }
    }

    @Test func `nobody listens: the connection is refused`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].run { worker in
                let listener = try worker.reactor.listen(on: .anyLoopbackPort) { $0.abort() }
                listener.close()
                return listener.address
            }
            let log = EventLog()
            await workers[0].connect(to: address, log)
            #expect(await log.all() == [.closed(ReactorError(.connect, code: 111))])
        }
    }

    @Test func `an answer written before the peer reset is read in spite of failing writes`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let server = BlockingServer()
            await workers[0].connect(to: server.address, log) { socket, event in
                // Much more than the kernel takes; the server reads none of it.
                if event == .connected { socket.write(Bytes([UInt8](repeating: 1, count: 32 << 20))) }
            }
            server.accept()
            #expect(await log.wait(for: .connected))
            await workers[0].run { _ in
                server.send(Array("413".utf8))
                server.closeConnection()
            }
            let events = await log.all()
            #expect(events.first == .received(Array("413".utf8)))
            guard case .closed(let error)? = events.last else { return }
            #expect(error != nil)
        }
    }

    @Test func `nothing is called out of a verb, and nothing after closed`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen { _ = EchoHandler($0) }
            let log = EventLog()
            await workers[0].run { worker in
                let socket = worker.reactor.connect(to: address)
                var depth = 0
                _ = Recorder(socket, log) { socket, event in
                    #expect(depth == 0)
                    depth += 1
                    socket.write(Bytes([UInt8](repeating: 1, count: 1 << 20)))
                    socket.pauseReading()
                    socket.resumeReading()
                    socket.shutdownWrite()
                    socket.close()
                    socket.abort()
                    depth -= 1
                }
                socket.abort()
            }
            #expect(await log.all() == [.closed(nil)])
        }
    }

    @Test func `an encoder that writes to its own socket is stopped`() async {
        await #expect(processExitsWith: .failure) {
            let worker = try Worker.start()
            await worker.run { worker in
                let socket = worker.reactor.connect(to: .anyLoopbackPort)
                socket.write { _ in socket.write(Bytes("lost")) }
            }
        }
    }

    @Test func `an encoder that throws leaves what it wrote, and the socket usable`() async throws {
        struct Unfinished: Error {}
        try await withWorkers { workers in
            let address = try await workers[0].listen { _ = EchoHandler($0) }
            let log = EventLog()
            await workers[0].connect(to: address, log) { socket, event in
                guard event == .connected else { return }
                #expect(throws: Unfinished.self) {
                    try socket.write { out throws(Unfinished) in
                        out.append("half")
                        throw Unfinished()
                    }
                }
                socket.write { $0.append(" whole") }
                socket.shutdownWrite()
            }
            let expected: [Event] = [.connected, .received(Array("half whole".utf8)), .receivedEnd, .closed(nil)]
            #expect(await log.all() == expected)
        }
    }

    @Test func `the addresses of both ends match`() async throws {
        try await withWorkers { workers in
            let ends = AsyncStream<[SocketAddress?]>.makeStream()
            let address = try await workers[0].listen { socket in
                ends.continuation.yield([socket.peer, socket.local])
            }
            let client = BlockingClient(address)
            var iterator = ends.stream.makeAsyncIterator()
            let server = await iterator.next()
            #expect(server == [client.local, address])
            client.close()
        }
    }
}
