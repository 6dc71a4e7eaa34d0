import TestSupport
import Testing

@testable import Reactor

struct TLSTicketRingTests {
    private func at(_ seconds: Int64) -> Instant {
        Instant(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func `a key seals for its lifetime and opens for two more`() {
        var ring = TLSTicketRing(lifetime: 3600 * 1_000_000_000)
        let first = ring.sealing(at: at(0))
        #expect(ring.sealing(at: at(3599)).name == first.name)
        #expect(ring.opening(first.name, at: at(3599))?.isOld == false)
        let second = ring.sealing(at: at(3600))
        #expect(second.name != first.name)
        #expect(second.cipher != first.cipher && second.mac != first.mac)
        #expect(ring.opening(first.name, at: at(3600))?.isOld == true)
        _ = ring.sealing(at: at(7200))
        #expect(ring.opening(first.name, at: at(10_799)) != nil)
        #expect(ring.opening(first.name, at: at(10_800)) == nil)
        #expect(ring.keys.count == 3)
    }

    @Test func `keys of a quiet time are forgotten as well`() {
        var ring = TLSTicketRing(lifetime: 3600 * 1_000_000_000)
        let first = ring.sealing(at: at(0))
        #expect(ring.opening(first.name, at: at(20_000)) == nil)
        _ = ring.sealing(at: at(20_000))
        #expect(ring.keys.count == 1)
    }

    @Test func `a name nobody gave opens nothing`() {
        var ring = TLSTicketRing(lifetime: 1)
        #expect(ring.opening([], at: at(0)) == nil)
        _ = ring.sealing(at: at(0))
        #expect(ring.opening([UInt8](repeating: 0, count: 16), at: at(0)) == nil)
    }
}
