import Buffers
import COpenSSL
import TestSupport
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct TLSFlowTests {
    let fixture: TLSFixture

    init() throws {
        fixture = try TLSFixture()
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `100 MB there and back arrive unharmed and little is held at any time`(version: TLSVersion) async throws {
        try await withWorkers(2) { workers in
            let total = version == .tls13 ? 100 << 20 : 10 << 20
            let (reports, report) = AsyncStream<FlowTests.Pump.Report>.makeStream()
            let address = try await workers[0].listen(try fixture.server()) { _ = EchoHandler($0) }
            let context = try fixture.client { $0.maximum = version }
            await workers[1].run { worker in
                let socket = worker.reactor.connect(to: address, tls: context, serverName: "server.test")
                _ = FlowTests.Pump(socket, total: total, report: report)
            }
            var iterator = reports.makeAsyncIterator()
            let result = await iterator.next()
            #expect(result?.received == total)
            #expect(result?.isRight == true)
            #expect(result?.mostPending ?? .max < 64 * 1024)
        }
    }

    @Test func `a reader that pauses stops the writer, and nothing is lost`() async throws {
        try await withWorkers(2) { workers in
            let server = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                accepted.reactor[Recorder.self] = Recorder(accepted, server) { socket, event in
                    if event == .connected { socket.pauseReading() }
                    if event == .receivedEnd { socket.close() }
                }
            }
            let (reports, report) = AsyncStream<FlowTests.Pump.Report>.makeStream()
            let context = try fixture.client()
            await workers[1].run { worker in
                let socket = worker.reactor.connect(to: address, tls: context, serverName: "server.test")
                _ = FlowTests.Pump(socket, total: 20 << 20, report: report)
            }
            await server.wait(for: .connected)
            await workers[0].run { $0.reactor[Recorder.self]?.socket.resumeReading() }
            var received = 0
            for await event in server.events {
                if case .received(let bytes) = event { received += bytes.count }
            }
            #expect(received == 20 << 20)
            var results = reports.makeAsyncIterator()
            #expect(await results.next()?.mostPending ?? .max < 64 * 1024)
        }
    }

    @Test func `isWritable falls at the high mark and drained follows at the low one`() async throws {
        var settings = ReactorSettings()
        settings.highMark = 1 << 20
        settings.lowMark = 1 << 10
        try await withWorkers(settings: settings) { workers in
            let log = EventLog()
            let (states, state) = AsyncStream<Bool>.makeStream()
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                _ = Recorder(accepted, log) { socket, event in
                    switch event {
                    case .connected:
                        for _ in 0..<32 { socket.write(Bytes([UInt8](repeating: 1, count: 1 << 20))) }
                        state.yield(socket.isWritable)
                    case .drained:
                        state.yield(socket.isWritable && socket.pendingBytes <= 1 << 10)
                        socket.close()
                    default: break
                    }
                }
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            var iterator = states.makeAsyncIterator()
            #expect(await iterator.next() == false)
            var received = 0
            while let bytes = client.receive(), !bytes.isEmpty { received += bytes.count }
            #expect(received == 32 << 20)
            #expect(await iterator.next() == true)
            #expect(await log.all() == [.connected, .drained, .closed(nil)])
        }
    }

    @Test func `small writes of one turn leave as one record`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                _ = Recorder(accepted, EventLog()) { socket, event in
                    guard event == .connected else { return }
                    socket.write(Bytes("head "))
                    socket.write(Bytes([UInt8](repeating: 0x2E, count: 5000)))
                    socket.write(Bytes(" end"))
                }
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            var bytes = [UInt8](repeating: 0, count: 16_384)
            // One SSL_read returns what one record holds.
            #expect(SSL_read(client.ssl, &bytes, Int32(bytes.count)) == 5009)
        }
    }

    @Test func `a socket with much to read lets others have their turn`() async throws {
        var settings = ReactorSettings()
        settings.readBytesPerTurn = 4096
        try await withWorkers(settings: settings) { workers in
            let (order, log) = AsyncStream<Int>.makeStream()
            let address = try await workers[0].listen(try fixture.server()) { socket in
                _ = Recorder(socket, EventLog()) { _, event in
                    if case .received(let bytes) = event { log.yield(bytes.count) }
                }
            }
            let busy = try BlockingTLSClient(address)
            let quiet = try BlockingTLSClient(address)
            #expect(busy.shakeHands() == nil)
            #expect(quiet.shakeHands() == nil)
            await workers[0].run { _ in
                busy.send([UInt8](repeating: 1, count: 1 << 20))
                quiet.send([2])
            }
            var total = 0
            var iterator = order.makeAsyncIterator()
            while let count = await iterator.next(), count != 1 { total += count }
            #expect(total < 600_000)
        }
    }
}
