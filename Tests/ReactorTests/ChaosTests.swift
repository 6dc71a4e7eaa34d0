import Buffers
import Reactor
import Testing

/// Random verbs on random sockets: whatever happens, every handler hears a well-formed story.
@Suite(.timeLimit(.minutes(1))) struct ChaosTests {
    final class World: TurnWork {
        var random: SeededGenerator
        let reactor: Reactor
        let address: SocketAddress
        var sockets: [Socket] = []
        var open = 0
        var steps = 1500
        var faults: [String] = []
        let done: AsyncStream<[String]>.Continuation

        init(seed: UInt64, reactor: Reactor, done: AsyncStream<[String]>.Continuation) throws {
            random = SeededGenerator(seed: seed)
            self.reactor = reactor
            self.done = done
            var accept: (Socket) -> Void = { _ in }
            address = try reactor.listen(on: .anyLoopbackPort) { accept($0) }.address
            accept = { [unowned self] socket in adopt(socket) }
            reactor.atEndOfTurn(self)
        }

        func adopt(_ socket: Socket) {
            sockets.append(socket)
            open += 1
            socket.handler = Actor(self)
        }

        /// Once per turn, and out of every callback.
        func act() {
            guard steps > 0 else { return }
            steps -= 1
            if sockets.count < 40 || Int.random(in: 0..<20, using: &random) == 0 {
                adopt(reactor.connect(to: address))
            }
            guard let socket = sockets.randomElement(using: &random) else { return }
            switch Int.random(in: 0..<24, using: &random) {
            case 0..<8: socket.write(Bytes([UInt8](repeating: 1, count: Int.random(in: 0..<20_000, using: &random))))
            case 8..<11: socket.write { $0.append("some text") }
            case 11: socket.write(Bytes([UInt8](repeating: 2, count: 400_000)))
            case 12..<15: socket.pauseReading()
            case 15..<20: socket.resumeReading()
            case 20: socket.shutdownWrite()
            case 21: socket.close()
            case 22: socket.abort()
            default: sockets.removeAll { !$0.isOpen }
            }
        }

        func turnEnds() {
            act()
            if steps > 0 { return reactor.atEndOfTurn(self) }
            for socket in sockets { socket.abort() }
            sockets = []
            if open == 0 { done.yield(faults) } else { reactor.atEndOfTurn(self) }
        }
    }

    final class Actor: SocketHandler {
        private let world: World
        private var isConnected = false
        private var hasEnded = false
        private var isClosed = false

        init(_ world: World) {
            self.world = world
        }

        private func check(_ claim: Bool, _ text: String) {
            if !claim { world.faults.append(text) }
        }

        func connected() {
            check(!isConnected && !isClosed, "connected twice or late")
            isConnected = true
            world.act()
        }

        func received(_ bytes: Bytes) {
            check(isConnected && !hasEnded && !isClosed && !bytes.isEmpty, "received out of order")
            world.act()
        }

        func receivedEnd() {
            check(isConnected && !hasEnded && !isClosed, "ended out of order")
            hasEnded = true
            world.act()
        }

        func drained() {
            check(isConnected && !isClosed, "drained out of order")
            world.act()
        }

        func closed(_ error: ReactorError?) {
            check(!isClosed, "closed twice")
            isClosed = true
            world.open -= 1
            world.act()
        }
    }

    @Test(arguments: UInt64(1)...8)
    func `every handler hears its events in order and closed once`(seed: UInt64) async throws {
        let (results, done) = AsyncStream<[String]>.makeStream()
        try await withWorkers { workers in
            try await workers[0].run { worker in
                worker.reactor[World.self] = try World(seed: seed, reactor: worker.reactor, done: done)
            }
            var iterator = results.makeAsyncIterator()
            #expect(await iterator.next() == [], "seed \(seed)")
        }
    }
}
