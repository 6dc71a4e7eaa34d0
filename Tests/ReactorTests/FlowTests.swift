import Buffers
import Glibc
import Reactor
import Testing

@Suite(.timeLimit(.minutes(1))) struct FlowTests {
    /// Sends `total` bytes of a pattern as fast as the socket takes them and checks what comes back.
    final class Pump: SocketHandler {
        static let pattern = Bytes((0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })

        private let socket: Socket
        private let total: Int
        private let report: AsyncStream<Report>.Continuation
        private var sent = 0
        private var received = 0
        private var mostPending = 0
        private var isRight = true

        struct Report: Sendable {
            var received = 0, mostPending = 0, isRight = false
        }

        init(_ socket: Socket, total: Int, report: AsyncStream<Report>.Continuation) {
            (self.socket, self.total, self.report) = (socket, total, report)
            socket.handler = self
        }

        func connected() { pump() }
        func drained() { pump() }

        private func pump() {
            while socket.isWritable, sent < total {
                // Odd lengths, so that pieces of all sizes are cut everywhere.
                let start = sent % 65_536
                let length = min(total - sent, 65_536 - start, 1 + sent % 9_973)
                socket.write(Pump.pattern[start..<start + length])
                sent += length
                mostPending = max(mostPending, socket.pendingBytes)
            }
            if sent == total { socket.shutdownWrite() }
        }

        func received(_ bytes: Bytes) {
            var rest = bytes
            while !rest.isEmpty {
                let start = received % 65_536
                let part = rest.removePrefix(min(rest.count, 65_536 - start))
                let expected = Pump.pattern[start..<start + part.count]
                // memcmp, because 100 MB byte by byte take long in a debug build.
                let difference = part.span.withUnsafeBytes { left in
                    expected.span.withUnsafeBytes { right in
                        left.baseAddress.flatMap { l in right.baseAddress.map { memcmp(l, $0, left.count) } }
                    }
                }
                if difference != 0 { isRight = false }
                received += part.count
            }
        }

        func receivedEnd() {}

        func closed(_ error: ReactorError?) {
            report.yield(Report(received: received, mostPending: mostPending, isRight: isRight && error == nil))
        }
    }

    @Test func `100 MB there and back arrive unharmed and little is held at any time`() async throws {
        try await withWorkers(2) { workers in
            let (reports, report) = AsyncStream<Pump.Report>.makeStream()
            let address = try await workers[0].listen { _ = EchoHandler($0) }
            await workers[1].run { worker in
                _ = Pump(worker.reactor.connect(to: address), total: 100 << 20, report: report)
            }
            var iterator = reports.makeAsyncIterator()
            let result = await iterator.next()
            #expect(result?.received == 100 << 20)
            #expect(result?.isRight == true)
            #expect(result?.mostPending ?? .max < 64 * 1024)
        }
    }

    @Test func `a reader that pauses stops the writer, and nothing is lost`() async throws {
        try await withWorkers(2) { workers in
            let (sockets, socket) = AsyncStream<Int>.makeStream()
            let server = EventLog()
            let address = try await workers[0].listen { accepted in
                accepted.reactor[Recorder.self] = Recorder(accepted, server)
                accepted.pauseReading()
                socket.yield(1)
            }
            let (reports, report) = AsyncStream<Pump.Report>.makeStream()
            await workers[1].run { worker in
                _ = Pump(worker.reactor.connect(to: address), total: 20 << 20, report: report)
            }
            var iterator = sockets.makeAsyncIterator()
            _ = await iterator.next()
            await workers[0].run { $0.reactor[Recorder.self]?.socket.resumeReading() }
            var received = 0
            for await event in server.events {
                if case .received(let bytes) = event { received += bytes.count }
                if event == .receivedEnd { await workers[0].run { $0.reactor[Recorder.self]?.socket.close() } }
            }
            #expect(received == 20 << 20)
            var results = reports.makeAsyncIterator()
            #expect(await results.next()?.mostPending ?? .max < 64 * 1024)
        }
    }

    @Test func `a socket with much to read lets others have their turn`() async throws {
        var settings = ReactorSettings()
        settings.readBytesPerTurn = 4096
        settings.readBufferBytes = 32 * 1024
        try await withWorkers(settings: settings) { workers in
            let (order, log) = AsyncStream<Int>.makeStream()
            let address = try await workers[0].listen { socket in
                _ = Recorder(socket, EventLog()) { _, event in
                    if case .received(let bytes) = event { log.yield(bytes.count) }
                }
            }
            let busy = BlockingClient(address)
            let quiet = BlockingClient(address)
            await workers[0].run { _ in
                busy.send([UInt8](repeating: 1, count: 200_000))
                quiet.send([2])
            }
            var total = 0
            var iterator = order.makeAsyncIterator()
            while let count = await iterator.next(), count != 1 { total += count }
            #expect(total < 100_000)
            busy.close()
            quiet.close()
        }
    }

    @Test func `isWritable falls at the high mark and drained follows at the low one`() async throws {
        var settings = ReactorSettings()
        settings.highMark = 1 << 20
        settings.lowMark = 1 << 10
        try await withWorkers(settings: settings) { workers in
            let server = BlockingServer()
            let log = EventLog()
            let (states, state) = AsyncStream<Bool>.makeStream()
            await workers[0].connect(to: server.address, log) { socket, event in
                switch event {
                case .connected:
                    // Far more than two socket buffers hold.
                    for _ in 0..<32 {
                        socket.write(Bytes([UInt8](repeating: 1, count: 1 << 20)))
                    }
                    state.yield(socket.isWritable)
                case .drained:
                    state.yield(socket.isWritable && socket.pendingBytes <= 1 << 10)
                    socket.close()
                default: break
                }
            }
            server.accept()
            var iterator = states.makeAsyncIterator()
            #expect(await iterator.next() == false)
            #expect(server.receiveAll() == 32 << 20)
            #expect(await iterator.next() == true)
            #expect(await log.all() == [.connected, .drained, .closed(nil)])
        }
    }
}
