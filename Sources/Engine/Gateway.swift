internal import HTTP
public import Reactor

/// All that one worker needs to serve: the plan, its upstreams' connections and calls to reuse. Lives on one worker.
public final class Gateway {
    public let reactor: Reactor
    public let plan: Plan
    /// How long an upstream may be silent in the middle of a response; nanoseconds.
    let stallTimeout: Int64
    /// Is told of every call that ends.
    let observer: (any CallObserver)?
    public private(set) var upstreams: [UpstreamState] = []
    /// The clients' sockets that end here.
    public let sockets: SocketDirectory
    private var idleCalls: [Call] = []
    private var random: SplitMix

    /// - Parameters:
    ///   - seed: Seeds request ids and balancing; from the system's randomness in production.
    ///   - observer: Is told of every call that ends.
    ///   - sockets: Names the clients' sockets; by default those of a node with one worker.
    ///   - makeConnector: Makes the connection pool to one endpoint.
    public init(
        reactor: Reactor, plan: Plan, seed: UInt64, stallTimeout: Duration = .seconds(60),
        observer: (any CallObserver)? = nil, sockets: SocketDirectory? = nil,
        makeConnector: (Endpoint, Upstream) -> any EndpointConnector
    ) {
        self.reactor = reactor
        self.plan = plan
        self.stallTimeout = stallTimeout.nanoseconds
        self.observer = observer
        self.sockets = sockets ?? SocketDirectory(reactor: reactor, key: SocketKey(), worker: 0)
        var random = SplitMix(seed: seed)
        upstreams = plan.upstreams.map { upstream in
            UpstreamState(upstream, seed: random.next()) { endpoint, upstream in
                let connector = makeConnector(endpoint, upstream)
                return upstream.tunnelled?.makeConnector(over: connector, to: endpoint, of: upstream, on: reactor)
                    ?? connector
            }
        }
        self.random = random
    }

    /// A call for the next request; give it back with `recycle` when it is over.
    public func takeCall() -> Call {
        idleCalls.popLast() ?? Call(gateway: self)
    }

    /// Takes back a call that is over and that nobody holds any more.
    public func recycle(_ call: Call) {
        precondition(call.isOver)
        guard idleCalls.count < 1024 else { return }
        call.reset()
        idleCalls.append(call)
    }

    /// Lets the upstreams' idle connections go; calls under way finish.
    public func close() {
        for upstream in upstreams { upstream.close() }
    }

    /// Makes a new request id, as 32 hexadecimal digits.
    public func appendRequestID(to text: inout [UInt8]) {
        RequestID.append(&random, to: &text)
    }
}
