/// Seeded randomness; a failure is found again by its seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) {
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func next() -> UInt64 {
        // splitmix64
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }

    mutating func chance(_ percent: Int) -> Bool { roll(100) < percent }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[roll(items.count)] }
}
