import Buffers
import Engine
import HTTP
import HTTP2
import Reactor
import Testing

@testable import Transports

/// A peer with wide windows that does not read: the socket is full while the stream has room. A call that pauses then must
/// hear when the socket has drained, for the stream never will.
@Suite(.timeLimit(.minutes(1))) struct SlowReaderTests {
    private static let piece = [UInt8](repeating: 0x61, count: 32 * 1024)
    private static var head: HTTPResponseHead {
        var head = HTTPResponseHead(status: 200)
        head.body = .unknown
        return head
    }

    @Test func `an answer goes on when the socket of an HTTP/2 client drains`() async throws {
        let plan = relayPlan(to: [Endpoint(host: "played", port: 80)])
        try await withGateway(plan: plan, connector: Self.playUpstream) { gateway in
            let client = gateway.connect(receiveBuffer: 65536)
            client.send(Wide.preface + Wide.frames + Wide.get)
            await gateway.until { $0.upstream?.receiver != nil }
            _ = await gateway.run { $0.upstream?.receiver?.deliver(.head(Self.head)) }
            var sent = 0
            while !Task.isCancelled, await gateway.run({ $0.upstream?.isPaused }) == false {
                _ = await gateway.run { $0.upstream?.receiver?.deliver(.body(Bytes(Self.piece))) }
                sent += Self.piece.count
            }
            #expect(await gateway.run { $0.clientSession?.queuedBytes } ?? .max < HTTP2Limits().streamQueueBytes)
            #expect(client.read(sent).count == sent)
            #expect(await gateway.run { $0.upstream?.isPaused } == false)
        }
    }

    @Test func `a request goes on when the socket of an HTTP/2 service drains`() async throws {
        let latch = Latch()
        let service = Origin { origin, peer, _ in
            peer.setReceiveBuffer(65536)
            peer.send(Wide.frames)
            latch.wait()
            _ = peer.readToEnd()
        }
        let plan = relayPlan(to: [Endpoint(host: "127.0.0.1", port: service.port, wire: .http2)])
        try await withGateway(plan: plan, connector: Self.keepPool) { gateway in
            _ = await gateway.run { $0.gateway.reactor[PlayedClient.self] = PlayedClient($0.gateway) }
            await gateway.until { $0.connection?.isConnecting == false }
            while !Task.isCancelled, await gateway.run({ $0.client?.isPaused }) == false {
                _ = await gateway.run { $0.client?.call.receive(.body(Bytes(Self.piece))) }
            }
            #expect(await gateway.run { $0.connection?.session.queuedBytes } ?? .max < HTTP2Limits().streamQueueBytes)
            latch.open()
            await gateway.until { $0.client?.isPaused == false }
            #expect(await gateway.run { $0.client?.call.isOver } == false)
            _ = await gateway.run { $0.client?.call.cancel() }
        }
    }

    private static func playUpstream(
        _ reactor: Reactor, _ endpoint: Endpoint, of upstream: Upstream
    ) -> any EndpointConnector {
        let played = PlayedUpstream()
        reactor[PlayedUpstream.self] = played
        return played
    }

    private static func keepPool(
        _ reactor: Reactor, _ endpoint: Endpoint, of upstream: Upstream
    ) -> any EndpointConnector {
        let pool = ConnectionPool.make(reactor, endpoint, of: upstream)
        reactor[HTTP2Pool.self] = pool as? HTTP2Pool
        return pool
    }
}

extension Gatehouse.Parts {
    fileprivate var upstream: PlayedUpstream? { gateway.reactor[PlayedUpstream.self] }
    fileprivate var client: PlayedClient? { gateway.reactor[PlayedClient.self] }
    fileprivate var connection: HTTP2UpstreamConnection? { gateway.reactor[HTTP2Pool.self]?.connections.first }
    fileprivate var clientSession: HTTP2Session? {
        listener.connections.values.lazy.compactMap { ($0 as? HTTP2ServerConnection)?.session }.first
    }
}

/// The frames of a peer that opens its windows as far as they go.
private enum Wide {
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// SETTINGS with the largest initial window, and a WINDOW_UPDATE of the connection to the same.
    static let frames: [UInt8] =
        [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF] + [0, 0, 4, 8, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0, 0]
    /// HEADERS of the first stream: GET http://x/.
    static let get: [UInt8] = [0, 0, 6, 1, 5, 0, 0, 0, 1, 0x82, 0x86, 0x84, 0x41, 1, 0x78]
}
