internal import Canonical

/// One upstream as one worker sees it: its connectors, how busy each is, and how many retries are under way.
public final class UpstreamState {
    public let upstream: Upstream
    private var endpoints: [EndpointState]
    private var random: SplitMix
    private var callsUnderWay = 0
    private var retriesUnderWay = 0

    struct EndpointState {
        let connector: any EndpointConnector
        let weight: Int
        var active = 0
        /// Smooth weighted round robin: grows by the weight each turn, and the chosen one pays the total.
        var credit = 0
    }

    init(_ upstream: Upstream, seed: UInt64, makeConnector: (Endpoint, Upstream) -> any EndpointConnector) {
        self.upstream = upstream
        self.random = SplitMix(seed: seed)
        self.endpoints = upstream.endpoints.map {
            EndpointState(connector: makeConnector($0, upstream), weight: $0.weight)
        }
    }

    /// Opens a stream to an endpoint, another one than `avoided` where there is a choice.
    func open(
        for receiver: any UpstreamReceiver, avoiding avoided: Int?, asTunnel: Bool = false
    ) throws(Failure) -> (any UpstreamStream, endpoint: Int) {
        guard let place = choose(avoiding: avoided) else {
            throw Failure(
                .unavailable, "upstream.no_endpoint", "The service has no endpoint that can be called.", retry: .no)
        }
        guard endpoints[place].active < upstream.limits.requests else { throw Self.tooManyRequests }
        let connector = endpoints[place].connector
        let stream = try asTunnel ? connector.openTunnel(for: receiver) : connector.open(for: receiver)
        endpoints[place].active += 1
        return (stream, place)
    }

    private static let tooManyRequests = Failure(
        .unavailable, "upstream.requests", "The service is busy.", origin: .gateway, retry: .always)

    /// Attempts under way at each endpoint.
    var active: [Int] { endpoints.map(\.active) }

    func ended(at endpoint: Int) {
        endpoints[endpoint].active -= 1
    }

    // MARK: Retry budget

    func callBegan() { callsUnderWay += 1 }

    func callEnded(retries: Int) {
        callsUnderWay -= 1
        retriesUnderWay -= retries
    }

    /// Takes one retry out of the budget; false when a failing service would be asked too often.
    func takeRetry() -> Bool {
        guard retriesUnderWay < max(3, callsUnderWay * upstream.limits.retryBudgetPercent / 100) else { return false }
        retriesUnderWay += 1
        return true
    }

    func close() {
        for endpoint in endpoints { endpoint.connector.close() }
    }

    // MARK: Balancing

    private func choose(avoiding avoided: Int?) -> Int? {
        guard endpoints.count > 1 else { return endpoints.isEmpty ? nil : 0 }
        switch upstream.balance {
        case .roundRobin: return nextInTurn(avoiding: avoided)
        case .random: return pick(avoiding: avoided)
        case .leastRequests:
            let first = pick(avoiding: avoided)
            let second = pick(avoiding: avoided)
            return endpoints[first].active * endpoints[second].weight <= endpoints[second].active
                * endpoints[first].weight
                ? first : second
        }
    }

    private func nextInTurn(avoiding avoided: Int?) -> Int {
        var best = -1
        var total = 0
        for place in endpoints.indices where place != avoided {
            endpoints[place].credit += endpoints[place].weight
            total += endpoints[place].weight
            if best < 0 || endpoints[place].credit > endpoints[best].credit { best = place }
        }
        endpoints[best].credit -= total
        return best
    }

    private func pick(avoiding avoided: Int?) -> Int {
        var total = 0
        for place in endpoints.indices where place != avoided { total += endpoints[place].weight }
        var point = Int(random.next() % UInt64(max(total, 1)))
        for place in endpoints.indices where place != avoided {
            point -= endpoints[place].weight
            if point < 0 { return place }
        }
        return avoided == 0 ? 1 : 0
    }
}
