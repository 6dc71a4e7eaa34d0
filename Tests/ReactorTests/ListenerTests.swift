import Buffers
import CLinux
import Glibc
import Synchronization
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
    @Test(arguments: ["127.0.0.1:0", "[::1]:0"])
    func `port 0 becomes a port of the kernel's choice`(text: String) async throws {
        try await withWorkers { workers in
            let asked = try #require(SocketAddress(text))
            let address = try await workers[0].listen(on: asked) { _ = EchoHandler($0) }
            #expect(address.host == asked.host && address.port != 0)
            let client = BlockingClient(address)
            client.send([1, 2, 3])
            #expect(client.receive() == [1, 2, 3])
            client.close()
        }
    }

    @Test func `two workers share a port and both get connections`() async throws {
        try await withWorkers(2) { workers in
            let first = Counter()
            let second = Counter()
            let address = try await workers[0].listen { socket in
                first.value.add(1, ordering: .relaxed)
                _ = EchoHandler(socket)
            }
            _ = try await workers[1].listen(on: address) { socket in
                second.value.add(1, ordering: .relaxed)
                _ = EchoHandler(socket)
            }
            for _ in 0..<64 {
                let client = BlockingClient(address)
                client.send([9])
                #expect(client.receive() == [9])
                client.close()
            }
            let taken = [first, second].map { $0.value.load(ordering: .relaxed) }
            #expect(taken[0] + taken[1] == 64 && taken[0] > 0 && taken[1] > 0)
        }
    }

    final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    @Test func `a port that somebody else listens on is refused`() async throws {
        try await withWorkers { workers in
            var options = ListenOptions()
            options.sharesPort = false
            let address = try await workers[0].run { [options] worker in
                try worker.reactor.listen(on: .anyLoopbackPort, options) { $0.abort() }.address
            }
            let code = await workers[0].run { [options] worker in
                do throws(ReactorError) {
                    _ = try worker.reactor.listen(on: address, options) { $0.abort() }
                    return ReactorError(.listen, code: 0)
                } catch {
                    return error
                }
            }
            #expect(code == ReactorError(.bind, code: EADDRINUSE))
            #expect(code.description == "bind: Address already in use")
        }
    }

    @Test func `a unix socket works, replaces a stale file and respects a live one`() async throws {
        let path = "/tmp/reactor-test-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
        defer { unlink(path) }
        let asked = try #require(SocketAddress("unix:\(path)"))
        // A file left behind by a process that died.
        let stale = try Binding.listen(on: asked, ListenOptions())
        close(stale)
        try await withWorkers { workers in
            let address = try await workers[0].listen(on: asked) { _ = EchoHandler($0) }
            #expect(address == asked && address.description == "unix:\(path)")
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o660)
            let log = EventLog()
            await workers[0].connect(to: address, log) { socket, event in
                guard event == .connected else { return }
                socket.write(Bytes([1, 2, 3]))
                socket.shutdownWrite()
            }
            #expect(await log.all() == [.connected, .received([1, 2, 3]), .receivedEnd, .closed(nil)])
            await #expect(throws: ReactorError(.bind, code: EADDRINUSE)) {
                _ = try await workers[0].listen(on: asked) { $0.abort() }
            }
        }
        // The listener removed its file when its worker stopped.
        #expect(access(path, F_OK) != 0)
    }

    @Test func `a path longer than the kernel takes is an error`() async throws {
        try await withWorkers { workers in
            let address = SocketAddress.unix(path: String(repeating: "x", count: 200))
            await #expect(throws: ReactorError(.bind, code: ENAMETOOLONG)) {
                _ = try await workers[0].listen(on: address) { $0.abort() }
            }
            let log = EventLog()
            await workers[0].connect(to: address, log)
            #expect(await log.all() == [.closed(ReactorError(.connect, code: ENAMETOOLONG))])
        }
    }

    @Test func `a socket without a handler is reset`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen { _ in }
            let log = EventLog()
            await workers[0].connect(to: address, log)
            guard case .closed(let error)? = await log.all().last else { return }
            #expect(error?.code == ECONNRESET)
        }
    }

    @Test func `a paused listener lets connections wait`() async throws {
        try await withWorkers { workers in
            let counter = Counter()
            let address = try await workers[0].run { worker in
                let listener = try worker.reactor.listen(on: .anyLoopbackPort) { socket in
                    counter.value.add(1, ordering: .relaxed)
                    _ = EchoHandler(socket)
                }
                worker.reactor[Listener.self] = listener
                listener.pause()
                return listener.address
            }
            let client = BlockingClient(address)
            client.send([5])
            // Two visits are at least one whole turn of the loop.
            for _ in 0..<2 { await workers[0].run { _ in } }
            #expect(counter.value.load(ordering: .relaxed) == 0)
            await workers[0].run { $0.reactor[Listener.self]?.resume() }
            #expect(client.receive() == [5])
            client.close()
        }
    }

    /// Says EMFILE so many times, then accepts.
    final class Scarcity: Sendable {
        let calls = Atomic<Int>(0)
        let refusals: Set<Int>
        let code: Int32

        init(refusing refusals: Set<Int>, with code: Int32) {
            self.refusals = refusals
            self.code = code
        }

        func accept(_ descriptor: Int32, _ peer: inout SocketAddress) -> (descriptor: Int32, code: Int32) {
            let call = calls.add(1, ordering: .relaxed).newValue
            return refusals.contains(call) ? (-1, code) : Listener.accept(descriptor, &peer)
        }
    }

    private func listen(_ worker: Worker, _ scarcity: Scarcity, _ seen: AsyncStream<Bool>.Continuation) async throws
        -> SocketAddress
    {
        try await worker.run { worker in
            let reactor = worker.reactor
            let descriptor = try Binding.listen(on: .anyLoopbackPort, ListenOptions())
            let address = SocketAddress.ask(descriptor, getsockname) ?? .anyLoopbackPort
            let listener = try Listener(
                reactor: reactor, descriptor: descriptor, address: address, acceptCall: scarcity.accept
            ) { socket in
                seen.yield(socket.reactor.listeners.first?.isExhausted ?? false)
                _ = EchoHandler(socket)
            }
            // Nobody else holds on to it.
            return listener.address
        }
    }

    @Test func `out of descriptors, accepting rests without spinning and recovers`() async throws {
        try await withWorkers { workers in
            let scarcity = Scarcity(refusing: [1, 2, 3, 4], with: EMFILE)
            let (_, seen) = AsyncStream<Bool>.makeStream()
            let address = try await listen(workers[0], scarcity, seen)
            let client = BlockingClient(address)
            client.send([1])
            #expect(client.receive() == [1])
            // Two calls for each rest, then the connection and the end of the queue.
            #expect(scarcity.calls.load(ordering: .relaxed) <= 6)
            client.close()
        }
    }

    @Test func `the last connection before the rest is told apart`() async throws {
        try await withWorkers { workers in
            let scarcity = Scarcity(refusing: [1], with: ENFILE)
            let (sightings, seen) = AsyncStream<Bool>.makeStream()
            let address = try await listen(workers[0], scarcity, seen)
            let clients = [BlockingClient(address), BlockingClient(address)]
            for client in clients {
                client.send([1])
                #expect(client.receive() == [1])
            }
            var iterator = sightings.makeAsyncIterator()
            #expect(await iterator.next() == true)
            #expect(await iterator.next() == false)
            for client in clients { client.close() }
        }
    }

    @Test(arguments: [ECONNABORTED, EINTR, EPROTO])
    func `a connection that died while it waited is passed over`(code: Int32) async throws {
        try await withWorkers { workers in
            let scarcity = Scarcity(refusing: [1, 2], with: code)
            let (_, seen) = AsyncStream<Bool>.makeStream()
            let address = try await listen(workers[0], scarcity, seen)
            let client = BlockingClient(address)
            client.send([1])
            #expect(client.receive() == [1])
            client.close()
        }
    }
}
