import Buffers
import Reactor
import Testing

@Suite(.timeLimit(.minutes(1))) struct ClosingTests {
    /// Keeps all sockets of a worker and counts what their handlers hear.
    final class Crowd {
        var sockets: [Socket] = []
        var received = 0
        var closed = 0
    }

    final class Member: SocketHandler {
        let crowd: Crowd
        let onReceived: (Crowd) -> Void

        init(_ socket: Socket, _ crowd: Crowd, onReceived: @escaping (Crowd) -> Void) {
            self.crowd = crowd
            self.onReceived = onReceived
            crowd.sockets.append(socket)
            socket.handler = self
        }

        func received(_ bytes: Bytes) {
            crowd.received += 1
            onReceived(crowd)
        }

        func receivedEnd() {}
        func closed(_ error: ReactorError?) { crowd.closed += 1 }
    }

    @Test(arguments: [true, false])
    func `one callback closes all sockets whose events wait in the same batch`(byReset: Bool) async throws {
        try await withWorkers { workers in
            let address = try await workers[0].run { worker in
                let crowd = Crowd()
                worker.reactor[Crowd.self] = crowd
                return try worker.reactor.listen(on: .anyLoopbackPort) { socket in
                    _ = Member(socket, crowd) { crowd in
                        for socket in crowd.sockets {
                            if byReset { socket.abort() } else { socket.close() }
                        }
                        // Their slots and descriptors may be taken over at once.
                        for _ in 0..<4 { crowd.sockets[0].reactor.connect(to: ownAddress(crowd)).abort() }
                    }
                }.address
            }
            let clients = (0..<40).map { _ in BlockingClient(address) }
            await workers[0].run { _ in
                // Nothing is polled while this runs: all events are fetched together.
                for client in clients { client.send([1]) }
            }
            for client in clients {
                #expect(client.receive().isEmpty)
                client.close()
            }
            let counts = await workers[0].run { worker in
                [worker.reactor[Crowd.self]?.received, worker.reactor[Crowd.self]?.closed]
            }
            // Those accepted later than the first message are closed by their own.
            #expect(counts == [counts[0], 40])
            #expect(counts[0] ?? 40 < 40)
        }
    }

    private func ownAddress(_ crowd: Crowd) -> SocketAddress {
        crowd.sockets.first?.local ?? .anyLoopbackPort
    }

    @Test func `stopping a worker closes what is open and tells the handlers`() async throws {
        let worker = try Worker.start()
        let address = try await worker.listen { _ = EchoHandler($0) }
        let log = EventLog()
        await worker.connect(to: address, log)
        await log.wait(for: .connected)
        await worker.stop()
        #expect(await log.all() == [.closed(nil)])
    }

    @Test func `close waits until all is sent`() async throws {
        try await withWorkers { workers in
            let server = BlockingServer()
            let log = EventLog()
            await workers[0].connect(to: server.address, log) { socket, event in
                guard event == .connected else { return }
                socket.write(Bytes([UInt8](repeating: 1, count: 16 << 20)))
                socket.close()
            }
            server.accept()
            #expect(await log.wait(for: .connected))
            #expect(server.receiveAll() == 16 << 20)
            #expect(await log.all() == [.closed(nil)])
        }
    }

    @Test func `a handler is let go of once its socket has closed`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen { $0.abort() }
            let log = EventLog()
            let isGone = await workers[0].run { worker in
                let socket = worker.reactor.connect(to: address)
                let crowd = Crowd()
                _ = Member(socket, crowd) { _ in }
                worker.reactor[Crowd.self] = crowd
                return socket.handler == nil
            }
            #expect(!isGone)
            await workers[0].connect(to: address, log)
            _ = await log.all()
            let isGoneNow = await workers[0].run { $0.reactor[Crowd.self]?.sockets.first?.handler == nil }
            #expect(isGoneNow)
        }
    }
}
