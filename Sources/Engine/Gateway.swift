internal import HTTP
public import Reactor

/// All that one worker needs to serve: the plan, its upstreams' connections and calls to reuse. Lives on one worker.
public final class Gateway {
    public let reactor: Reactor
    /// What new calls obey.
    public private(set) var current: PlanState
    /// How long an upstream may be silent in the middle of a response; nanoseconds.
    let stallTimeout: Int64
    /// Is told of every call that ends.
    let observer: (any CallObserver)?
    /// The clients' sockets that end here.
    public let sockets: SocketDirectory
    private var idleCalls: [Call] = []
    private var random: SplitMix
    private let makeConnector: (Endpoint, Upstream) -> any EndpointConnector

    /// - Parameters:
    ///   - seed: Seeds request ids and balancing; from the system's randomness in production.
    ///   - observer: Is told of every call that ends.
    ///   - sockets: Names the clients' sockets; by default those of a node with one worker.
    ///   - makeConnector: Makes the connection pool to one endpoint.
    public init(
        reactor: Reactor, plan: Plan, seed: UInt64, stallTimeout: Duration = .seconds(60),
        observer: (any CallObserver)? = nil, sockets: SocketDirectory? = nil,
        makeConnector: @escaping (Endpoint, Upstream) -> any EndpointConnector
    ) {
        self.reactor = reactor
        self.stallTimeout = stallTimeout.nanoseconds
        self.observer = observer
        self.sockets = sockets ?? SocketDirectory(reactor: reactor, key: SocketKey(), worker: 0)
        var random = SplitMix(seed: seed)
        let connect: (Endpoint, Upstream) -> any EndpointConnector = { endpoint, upstream in
            let connector = makeConnector(endpoint, upstream)
            return upstream.tunnelled?.makeConnector(over: connector, to: endpoint, of: upstream, on: reactor)
                ?? connector
        }
        current = PlanState(plan) { UpstreamState($0, seed: random.next(), makeConnector: connect) }
        self.random = random
        self.makeConnector = connect
    }

    public var plan: Plan { current.plan }
    public var upstreams: [UpstreamState] { current.upstreams }

    /// Obeys `plan` from the next request on; calls and sockets keep the plan that they began with.
    ///
    /// Upstreams that are in both plans, as the same objects, keep their connections; those that are gone let theirs go
    /// as the calls on them end.
    public func replace(_ plan: Plan) {
        let earlier = current
        current = PlanState(plan, replacing: earlier) {
            UpstreamState($0, seed: random.next(), makeConnector: makeConnector)
        }
        idleCalls.removeAll()
        for upstream in earlier.upstreams where !current.upstreams.contains(where: { $0 === upstream }) {
            upstream.close()
        }
    }

    /// A call for the next request; give it back with `recycle` when it is over.
    public func takeCall() -> Call {
        idleCalls.popLast() ?? Call(gateway: self)
    }

    /// Takes back a call that is over and that nobody holds any more.
    public func recycle(_ call: Call) {
        precondition(call.isOver)
        // What obeyed an earlier plan would keep it.
        guard idleCalls.count < 1024, call.plan === current else { return }
        call.reset()
        idleCalls.append(call)
    }

    /// Lets the upstreams' idle connections go; calls under way finish.
    public func close() {
        for upstream in upstreams { upstream.close() }
    }

    /// Makes a new request id, as 32 hexadecimal digits.
    public func makeRequestID(into id: inout [UInt8]) {
        RequestID.make(&random, into: &id)
    }
}
