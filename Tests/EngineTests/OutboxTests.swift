import Engine
import Testing

@Suite struct OutboxTests {
    @Test(arguments: UInt64(1)...20)
    func `parts come out in the order in which they went in`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var outbox = Outbox<Int>()
        var (expected, taken): (Int, Int) = (0, 0)
        for _ in 0..<200 {
            if Bool.random(using: &random) {
                outbox.append(expected)
                expected += 1
            } else if let part = outbox.popFirst() {
                #expect(part == taken)
                taken += 1
            } else {
                #expect(taken == expected)
            }
            #expect(outbox.isEmpty == (taken == expected))
        }
        outbox.removeAll()
        let none = outbox.popFirst()
        #expect(outbox.isEmpty && none == nil)
    }
}
