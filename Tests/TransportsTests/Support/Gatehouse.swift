import Buffers
import Canonical
import Glibc
import HTTP
import HTTP1
import Reactor

@testable import Engine
@testable import Transports

/// A gateway on a worker of its own with a pass-through route: `/**` of any method, or what the test says.
struct Gatehouse: Sendable {
    let worker: Worker
    let port: Int
    let path: String

    /// Makes what opens streams to an endpoint.
    typealias Connector = @Sendable (Reactor, Endpoint, Upstream) -> any EndpointConnector

    /// What the worker keeps.
    final class Parts {
        let gateway: Gateway
        let listener: HTTPListener
        var pools: [HTTP1Pool] = []

        init(
            _ reactor: Reactor, _ plan: Plan, _ settings: ListenerSettings, stallTimeout: Duration,
            connector: @escaping Connector
        ) {
            var pools: [HTTP1Pool] = []
            gateway = Gateway(reactor: reactor, plan: plan, seed: 1, stallTimeout: stallTimeout) { endpoint, upstream in
                let pool = connector(reactor, endpoint, upstream)
                if let pool = pool as? HTTP1Pool { pools.append(pool) }
                return pool
            }
            listener = HTTPListener(gateway: gateway, settings: settings)
            self.pools = pools
        }

        /// The most bytes that any client has not taken yet.
        var mostPending: Int { listener.connections.values.map(\.socket.pendingBytes).max() ?? 0 }
        /// Whether any client's connection is not read for now.
        var isAnyPaused: Bool { listener.connections.values.contains { $0.socket.isReadingPaused } }
        /// Whether any client's connection takes no more for now.
        var isAnyFull: Bool { listener.connections.values.contains { !$0.socket.isWritable } }
    }

    static func open(
        _ plan: Plan, settings: ListenerSettings = ListenerSettings(), stallTimeout: Duration = .seconds(60),
        reactor reactorSettings: ReactorSettings = ReactorSettings(), tls: TLSServerContext? = nil,
        on address: SocketAddress = .anyLoopbackPort,
        connector: @escaping Connector = ConnectionPool.make
    ) async throws -> Gatehouse {
        let worker = try Worker.start(settings: reactorSettings)
        let bound = try await worker.run { worker in
            let parts = Parts(
                worker.reactor, plan, settings, stallTimeout: stallTimeout, connector: connector)
            worker.reactor[Parts.self] = parts
            var options = ListenOptions()
            options.tls = tls
            try parts.listener.listen(on: address, options)
            return parts.listener.address
        }
        var path = ""
        if case .unix(let name) = bound { path = name }
        return Gatehouse(worker: worker, port: Int(bound?.port ?? 0), path: path)
    }

    func close() async {
        await worker.stop()
    }

    /// Asks or does something on the worker.
    func run<Result: Sendable>(_ body: @Sendable (Parts) -> Result?) async -> Result? {
        await worker.run { worker in worker.reactor[Parts.self].flatMap { body($0) } }
    }

    /// Returns once `condition` holds on the worker, which is asked turn by turn, or the test's time is over.
    func until(_ condition: @Sendable (Parts) -> Bool) async {
        while !Task.isCancelled, await run(condition) == false { await Task.yield() }
    }

    /// A client of the gateway.
    func connect(receiveBuffer: Int32? = nil) -> Peer {
        let peer: Peer
        if path.isEmpty {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            peer = Peer(descriptor: descriptor)
            if let receiveBuffer { peer.setReceiveBuffer(receiveBuffer) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            precondition(result == 0)
        } else {
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            peer = Peer(descriptor: descriptor)
            let result = SocketAddress.unix(path: path).connect(descriptor)
            precondition(result == 0)
        }
        return peer
    }

    /// Sends `request` on a connection of its own and reads the response.
    func ask(_ request: String, toHead: Bool = false) -> Response? {
        let client = connect()
        client.send(request)
        return client.readResponse(toHead: toHead)
    }
}

extension SocketAddress {
    /// Connects a blocking unix socket.
    fileprivate func connect(_ descriptor: Int32) -> Int32 {
        guard case .unix(let path) = self else { return -1 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// Runs `body` with a gateway before `endpoints`, which ends with it.
func withGateway(
    to endpoints: [Endpoint], settings: ListenerSettings = ListenerSettings(),
    limits: UpstreamLimits = UpstreamLimits(), route: RouteLimits = RouteLimits(), path: String = "/**",
    stallTimeout: Duration = .seconds(60), reactor: ReactorSettings = ReactorSettings(),
    on address: SocketAddress = .anyLoopbackPort, _ body: (Gatehouse) async throws -> Void
) async throws {
    try await withGateway(
        plan: relayPlan(to: endpoints, limits: limits, route: route, path: path), settings: settings,
        stallTimeout: stallTimeout, reactor: reactor, on: address, body)
}

/// Runs `body` with a gateway that obeys `plan`, which ends with it.
func withGateway(
    plan: Plan, settings: ListenerSettings = ListenerSettings(), stallTimeout: Duration = .seconds(60),
    reactor: ReactorSettings = ReactorSettings(), tls: TLSServerContext? = nil,
    on address: SocketAddress = .anyLoopbackPort, connector: @escaping Gatehouse.Connector = ConnectionPool.make,
    _ body: (Gatehouse) async throws -> Void
) async throws {
    let gatehouse = try await Gatehouse.open(
        plan, settings: settings, stallTimeout: stallTimeout, reactor: reactor, tls: tls, on: address,
        connector: connector)
    do {
        try await body(gatehouse)
    } catch {
        await gatehouse.close()
        throw error
    }
    await gatehouse.close()
}
