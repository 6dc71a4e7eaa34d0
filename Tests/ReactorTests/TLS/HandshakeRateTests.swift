import Testing

@testable import Reactor

struct HandshakeRateTests {
    private func at(_ milliseconds: Int64) -> Instant {
        Instant(nanoseconds: milliseconds * 1_000_000)
    }

    /// How many may begin at `now`.
    private func drain(_ rate: inout HandshakeRate, at now: Instant) -> Int {
        var count = 0
        while rate.allows(at: now), count < 10_000 {
            rate.take(at: now)
            count += 1
        }
        return count
    }

    @Test func `a quarter of a second's worth may come at once, then they come evenly`() {
        var rate = HandshakeRate(perSecond: 100)
        #expect(drain(&rate, at: at(0)) == 26)
        #expect(drain(&rate, at: at(5)) == 0)
        #expect(drain(&rate, at: at(100)) == 10)
        #expect(drain(&rate, at: at(1100)) == 26, "what was not used is not saved for ever")
    }

    @Test func `a rate of nothing is one a second`() {
        var rate = HandshakeRate(perSecond: 0)
        #expect(drain(&rate, at: at(0)) == 1)
    }
}
