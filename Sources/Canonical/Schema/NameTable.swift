internal import Buffers

/// Finds the index of a name by its bytes: a hash table made at load. Who looks up cannot make it slow: what meets in it
/// was decided then.
public struct NameTable: Sendable {
    /// The names, one after another.
    private let text: [UInt8]
    private let ends: [Int]
    /// Index plus one at the place of its hash, 0 where nothing is; a power of two, at least half empty.
    private let places: [UInt32]
    private let seed: UInt64

    public init(_ names: [String]) {
        self.init(names.map { Array($0.utf8) })
    }

    init(_ names: [[UInt8]]) {
        var text: [UInt8] = []
        var ends: [Int] = []
        for name in names {
            text.append(contentsOf: name)
            ends.append(text.count)
        }
        self.text = text
        self.ends = ends
        (places, seed) = NameTable.arrange(names)
    }

    /// The index of the name that is `name`, or nil.
    public func index(of name: RawSpan) -> Int? {
        let mask = places.count &- 1
        var place = Int(truncatingIfNeeded: NameTable.hash(name, seed)) & mask
        while true {
            let entry = Int(places[place]) &- 1
            guard entry >= 0 else { return nil }
            let start = entry == 0 ? 0 : ends[entry &- 1]
            if text.span.bytes.extracting(start..<ends[entry]).equals(name) { return entry }
            place = (place &+ 1) & mask
        }
    }

    /// Tries seeds until no two names meet; where that fails, the last table is as right, only slower.
    private static func arrange(_ names: [[UInt8]]) -> ([UInt32], UInt64) {
        var least = 4
        while least < names.count * 2 { least *= 2 }
        var places: [UInt32] = []
        var seed: UInt64 = 0
        // Of more names some meet whatever the seed is: they get the last table at once.
        for attempt in (names.count > 48 ? 31 : 0)..<32 {
            let size = attempt < 16 ? least : least * 2
            seed = UInt64(attempt) &* 0x9E37_79B9_7F4A_7C15
            places = Array(repeating: 0, count: size)
            var collisions = 0
            next: for (index, name) in names.enumerated() {
                var place = Int(truncatingIfNeeded: hash(name.span.bytes, seed)) & (size - 1)
                while places[place] != 0 {
                    // The first of two that are the same is the one that is found.
                    if names[Int(places[place]) - 1] == name { continue next }
                    place = (place + 1) & (size - 1)
                    collisions += 1
                }
                places[place] = UInt32(truncatingIfNeeded: index + 1)
            }
            if collisions == 0 { break }
        }
        return (places, seed)
    }

    private static func hash(_ text: RawSpan, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: text.byteCount)
        var index = 0
        while index &+ 8 <= text.byteCount {
            hash = (hash ^ text.word(at: index)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            index &+= 8
        }
        var rest: UInt64 = 0
        while index < text.byteCount {
            rest = rest << 8 | UInt64(text[index])
            index &+= 1
        }
        hash = (hash ^ rest) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ hash >> 32
    }
}
