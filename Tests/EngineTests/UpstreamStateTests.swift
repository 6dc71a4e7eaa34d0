import Canonical
import Testing

@testable import Engine

@Suite struct UpstreamStateTests {
    private final class Nobody: UpstreamReceiver {
        func deliver(_ part: consuming HTTPResponsePart) {}
        func attemptFailed(_ failure: Failure) {}
        func upstreamDrained() {}
    }

    private func upstream(
        _ weights: [Int], _ balance: Balance = .roundRobin, limits: UpstreamLimits = UpstreamLimits()
    ) -> UpstreamState {
        let endpoints = weights.enumerated().map { Endpoint(host: "h\($0.offset)", port: 80, weight: $0.element) }
        return UpstreamState(
            Upstream(name: "u", endpoints: endpoints, balance: balance, limits: limits), seed: 7
        ) { _, _ in FakeConnector() }
    }

    private func choices(_ upstream: UpstreamState, _ count: Int, avoiding: Int? = nil, ends: Bool = true) throws
        -> [Int]
    {
        try (0..<count).map { _ in
            let (_, endpoint) = try upstream.open(for: Nobody(), avoiding: avoiding)
            if ends { upstream.ended(at: endpoint) }
            return endpoint
        }
    }

    @Test func `round robin takes endpoints in turn, by weight and spread out`() throws {
        #expect(try choices(upstream([1, 1, 1]), 6) == [0, 1, 2, 0, 1, 2])
        #expect(try choices(upstream([3, 1]), 8) == [0, 0, 1, 0, 0, 0, 1, 0])
        #expect(try choices(upstream([5]), 2) == [0, 0])
    }

    @Test func `no more calls are under way at an endpoint than it may have`() throws {
        var limits = UpstreamLimits()
        limits.requests = 2
        let upstream = upstream([1, 1], limits: limits)
        #expect(try choices(upstream, 4, ends: false) == [0, 1, 0, 1])
        let failure = #expect(throws: Failure.self) { try choices(upstream, 1) }
        #expect(failure?.reason == "upstream.requests" && failure?.code == .unavailable)
        upstream.ended(at: 0)
        upstream.ended(at: 1)
        #expect(try choices(upstream, 1).count == 1)
    }

    @Test(arguments: [Balance.roundRobin, .random, .leastRequests])
    func `an endpoint that just failed is avoided where there is another`(balance: Balance) throws {
        for avoided in 0..<3 {
            let chosen = try choices(upstream([1, 2, 3], balance), 50, avoiding: avoided)
            #expect(!chosen.contains(avoided))
        }
        #expect(try choices(upstream([1], balance), 2, avoiding: 0) == [0, 0])
    }

    @Test func `random keeps to the weights`() throws {
        let chosen = try choices(upstream([9, 1], .random), 10_000)
        let share = chosen.count { $0 == 1 }
        #expect((800...1200).contains(share), "\(share)")
    }

    @Test func `the less busy endpoint is preferred, relative to its weight`() throws {
        let chosen = try choices(upstream([1, 3], .leastRequests), 400, ends: false)
        let share = chosen.count { $0 == 0 }
        #expect((80...120).contains(share), "\(share)")
    }

    @Test func `without endpoints there is a failure, not a trap`() {
        #expect(throws: Failure.self) { try choices(upstream([]), 1) }
    }

    @Test func `an endpoint that refuses is not counted as busy`() throws {
        let connector = FakeConnector()
        let state = UpstreamState(Upstream(name: "u", endpoints: [Endpoint(host: "h", port: 80)]), seed: 1) { _, _ in
            connector
        }
        connector.refusal = Failure(.unavailable, "test", "No.")
        #expect(throws: Failure.self) { try state.open(for: Nobody(), avoiding: nil) }
        #expect(state.active == [0])
    }

    @Test func `retries are a share of the calls under way, at least three`() {
        let state = upstream([1], limits: UpstreamLimits(retryBudgetPercent: 20))
        state.callBegan()
        #expect((0..<5).count { _ in state.takeRetry() } == 3)
        state.callEnded(retries: 3)
        for _ in 0..<100 { state.callBegan() }
        #expect((0..<50).count { _ in state.takeRetry() } == 20)
        state.callEnded(retries: 20)
        #expect(state.takeRetry())
    }

    @Test func `closing closes every endpoint`() {
        let connectors = [FakeConnector(), FakeConnector()]
        var next = 0
        let endpoints = [Endpoint(host: "a", port: 80), Endpoint(host: "b", port: 80)]
        let state = UpstreamState(Upstream(name: "u", endpoints: endpoints), seed: 1) { _, _ in
            next += 1
            return connectors[next - 1]
        }
        state.close()
        #expect(connectors[0].isClosed && connectors[1].isClosed)
    }
}
