internal import Buffers

/// Scans for the markup of XML. They look at eight bytes at a time: `ones` and `tops` have the low and the high bit of
/// every byte set, and in what the `find…` helpers return the lowest set bit marks the first byte looked for. Inlined
/// where a call would cost as much as the scan: most names and texts are shorter than two words.
extension RawSpan {
    /// The byte at `index`, 0 past the end. A valid document holds no NUL, so 0 reads as its end.
    func peek(_ index: Int) -> UInt8 {
        index < byteCount ? self[index] : 0
    }

    /// The end of the spaces, tabs and line ends that begin at `start` (XML 1.0 §2.3, S).
    func endOfWhitespace(from start: Int) -> Int {
        var index = start
        while XMLCharacter.isWhitespace(peek(index)) { index &+= 1 }
        return index
    }

    /// The same in a document whose characters were checked: there is nothing below the space but white space.
    @inline(__always)
    func endOfBlank(from start: Int) -> Int {
        var index = start
        while index &+ 8 <= byteCount {
            let others = Self.findInk(in: word(at: index))
            if others != 0 { return index &+ others.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        return endOfWhitespace(from: index)
    }

    /// The first `<`, `>`, `&` or carriage return at or after `start`, or the end.
    @inline(__always)
    func endOfPlainText(from start: Int) -> Int {
        var index = start
        while index &+ 8 <= byteCount {
            let word = word(at: index)
            let stops = Self.findAngle(in: word) | Self.find(0x26, in: word) | Self.find(0x0D, in: word)
            if stops != 0 { return index &+ stops.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < byteCount {
            let byte = self[index]
            if byte | 2 == 0x3E || byte == 0x26 || byte == 0x0D { return index }
            index &+= 1
        }
        return index
    }

    /// The first `quote`, `<`, `&` or control character at or after `start`, or the end.
    func endOfPlainValue(from start: Int, quote: UInt8) -> Int {
        var index = start
        while index &+ 8 <= byteCount {
            let word = word(at: index)
            let stops =
                Self.find(quote, in: word) | Self.find(0x3C, in: word) | Self.find(0x26, in: word)
                | Self.findControl(in: word)
            if stops != 0 { return index &+ stops.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < byteCount {
            let byte = self[index]
            if byte == quote || byte == 0x3C || byte == 0x26 || byte < 0x20 { return index }
            index &+= 1
        }
        return index
    }

    /// The end of the name characters without `:` that begin at `start` (Namespaces in XML 1.0, NCName).
    @inline(__always)
    func endOfName(from start: Int) -> Int {
        var index = start
        while index &+ 8 <= byteCount {
            let others = Self.findOtherThanName(in: word(at: index))
            if others == 0 {
                index &+= 8
                continue
            }
            index &+= others.trailingZeroBitCount >> 3
            let length = self[index] < 0x80 ? 0 : lengthOfNameCharacter(at: index)
            if length == 0 { return index }
            index &+= length
        }
        while index < byteCount {
            if XMLCharacter.isASCIIName(self[index]) {
                index &+= 1
            } else {
                let length = self[index] < 0x80 ? 0 : lengthOfNameCharacter(at: index)
                if length == 0 { return index }
                index &+= length
            }
        }
        return index
    }

    /// A name of up to seven bytes as one number; longer names share the number of their first seven bytes and length.
    @inline(__always)
    func nameKey(_ start: Int, _ end: Int) -> UInt64 {
        let length = end &- start
        return shortWord(start, start &+ min(length, 7)) | UInt64(min(length, 255)) &<< 56
    }

    /// Whether the `length` bytes at `left` and at `right` are equal and lie inside.
    @inline(__always)
    func matches(_ left: Int, _ right: Int, length: Int) -> Bool {
        guard left &+ length <= byteCount, right &+ length <= byteCount else { return false }
        var index = 0
        while index &+ 8 <= length {
            if word(at: left &+ index) != word(at: right &+ index) { return false }
            index &+= 8
        }
        return shortWord(left &+ index, left &+ length) == shortWord(right &+ index, right &+ length)
    }

    /// Fewer than eight bytes as a number.
    @inline(__always)
    private func shortWord(_ start: Int, _ end: Int) -> UInt64 {
        if start &+ 8 <= byteCount { return word(at: start) & (1 &<< UInt64(8 &* (end &- start)) &- 1) }
        var word: UInt64 = 0
        for index in start..<end { word |= UInt64(self[index]) &<< UInt64(8 &* (index &- start)) }
        return word
    }

    /// Spreads bytes over a hash table; not a defence against crafted collisions, which the callers bound otherwise.
    var hash: UInt64 {
        var hash = UInt64(truncatingIfNeeded: byteCount) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index &+ 8 <= byteCount {
            hash = (hash ^ word(at: index)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            index &+= 8
        }
        // The last eight bytes once more rather than the rest one by one.
        let last = byteCount < 8 ? shortWord(0, byteCount) : word(at: byteCount &- 8)
        hash = (hash ^ last) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ hash >> 32
    }

    /// Whether every byte is white space.
    var isBlank: Bool { endOfWhitespace(from: 0) == byteCount }
}

extension RawSpan {
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var tops: UInt64 { 0x8080_8080_8080_8080 }

    static func find(_ byte: UInt8, in word: UInt64) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* ones)
        return (difference &- ones) & ~difference & tops
    }

    /// `<` and `>`, which differ in one bit.
    static func findAngle(in word: UInt64) -> UInt64 {
        find(0x3E, in: word | 0x02 &* ones)
    }

    /// Bytes above 0x20.
    static func findInk(in word: UInt64) -> UInt64 {
        ((word & ~tops) &+ 0x5F &* ones | word) & tops
    }

    /// Bytes below 0x20.
    static func findControl(in word: UInt64) -> UInt64 {
        (word &- 0x20 &* ones) & ~word & tops
    }

    /// Bytes that are not letters, digits, `-`, `.` or `_`. Exact up to the first byte past ASCII, which is found too.
    static func findOtherThanName(in word: UInt64) -> UInt64 {
        let folded = word | 0x20 &* ones
        let letters = (folded &+ 0x1F &* ones) & ~(folded &+ 0x05 &* ones)
        // From `-` to `9` without `/`.
        let digits = (word &+ 0x53 &* ones) & ~(word &+ 0x46 &* ones) & ((word ^ 0x2F &* ones) &+ 0x7F &* ones)
        let underscores = ~((word ^ 0x5F &* ones) &+ 0x7F &* ones)
        return ~(letters | digits | underscores) & tops | word & tops
    }
}
