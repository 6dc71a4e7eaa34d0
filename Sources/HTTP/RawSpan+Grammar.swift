public import Buffers

/// The character classes of HTTP (RFC 9110 §5.5, §5.6.2), scanned sixteen bytes at a time.
///
/// The vectors use only lane-wise arithmetic: comparisons of SIMD values compile to loops over the lanes in Swift.
/// Every test leaves the high bit of a lane set where it holds.
extension RawSpan {
    /// The first place at or after `start` of a control character (tab included), or `byteCount`.
    public func firstControl(from start: Int) -> Int {
        first(from: start, block: Self.control) { $0 < 0x20 || $0 == 0x7F }
    }

    /// The first place at or after `start` of what may not stand in a request target: blanks, control characters,
    /// eight-bit bytes and `#` (RFC 9112 §3.2; RFC 3986 §3), or `byteCount`.
    public func endOfTarget(from start: Int) -> Int {
        first(from: start, block: Self.noTarget) { $0 < 0x21 || $0 > 0x7E || $0 == 0x23 }
    }

    /// The first place at or after `start` of a byte that is no `tchar` (RFC 9110 §5.6.2), or `byteCount`.
    public func endOfToken(from start: Int = 0) -> Int {
        var index = start
        while index < byteCount, ASCII.isTokenCharacter(self[index]) { index &+= 1 }
        return index
    }

    /// Whether the whole span is a token: a method, a field name.
    public var isToken: Bool { byteCount > 0 && endOfToken() == byteCount }

    /// Whether an ASCII capital is among the bytes.
    var hasCapital: Bool {
        for index in 0..<byteCount where self[index] &- 0x41 < 26 { return true }
        return false
    }

    /// The first place of what is no letter, digit, `-` or `.`, or `byteCount`: the end of nearly every host.
    func endOfPlainHost() -> Int {
        first(from: 0, block: Self.noPlainHost) {
            !ASCII.isLetter($0) && !ASCII.isDigit($0) && $0 != 0x2D && $0 != 0x2E
        }
    }

    /// Whether the span, which begins with `/`, is a path that need not be looked at twice: without escapes, backslashes,
    /// empty segments, segments that begin with a dot, and what may not stand in a target.
    public var isPlainPath: Bool {
        guard byteCount > 16 else { return isShortPlainPath }
        var index = 0
        while index &+ 17 <= byteCount {
            if !isPlainPath(behind: index) { return false }
            index &+= 16
        }
        return index &+ 1 == byteCount || isPlainPath(behind: byteCount &- 17)
    }

    /// The same of the sixteen bytes behind the one at `index`.
    @inline(__always)
    private func isPlainPath(behind index: Int) -> Bool {
        let before = unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
        let block = unsafeLoadUnaligned(fromUncheckedByteOffset: index &+ 1, as: SIMD16<UInt8>.self)
        let opened = Self.equal(before, 0x2F) & (Self.equal(block, 0x2F) | Self.equal(block, 0x2E)) & 0x80
        return Self.isZero(opened | Self.noTarget(block) | (Self.equal(block, 0x25) | Self.equal(block, 0x5C)) & 0x80)
    }

    private var isShortPlainPath: Bool {
        var previous: UInt8 = 0
        for index in 0..<byteCount {
            let byte = self[index]
            if byte == 0x25 || byte == 0x5C || byte <= 0x20 || byte >= 0x7F || byte == 0x23 { return false }
            if previous == 0x2F, byte == 0x2F || byte == 0x2E { return false }
            previous = byte
        }
        return true
    }

    /// The first place of `:` at or after `start`, or `byteCount`.
    func firstColon(from start: Int) -> Int {
        first(from: start) {
            Self.equal($0, 0x3A) & ~$0 & 0x80
        } byte: {
            $0 == 0x3A
        }
    }

    /// The first place at or after `start` that is looked for, or `byteCount`.
    /// - Parameters:
    ///   - block: The high bit of each lane that is looked for, and no other bit.
    ///   - byte: The same, of one byte.
    @inline(__always)
    private func first(
        from start: Int, block: (SIMD16<UInt8>) -> SIMD16<UInt8>, byte: (UInt8) -> Bool
    ) -> Int {
        precondition(start >= 0)
        var index = start
        while index &+ 16 <= byteCount {
            let found = block(unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16.self))
            if !Self.isZero(found) { return index &+ Self.firstLane(found) }
            index &+= 16
        }
        if index < byteCount, byteCount &- 16 >= start {
            // The last sixteen again, though most of them were looked at already: cheaper than one by one.
            index = byteCount &- 16
            return index &+ Self.firstLane(block(unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16.self)))
        }
        if byteCount &- index >= 8 {
            // Two words that may overlap.
            let first = unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let last = unsafeLoadUnaligned(fromUncheckedByteOffset: byteCount &- 8, as: UInt64.self)
            let lane = Self.firstLane(block(unsafeBitCast(SIMD2(first, last), to: SIMD16<UInt8>.self)))
            return lane < 8 ? index &+ lane : byteCount &- 16 &+ lane
        }
        while index < byteCount, !byte(self[index]) { index &+= 1 }
        return index
    }

    /// Sixteen bytes with ASCII capitals made small.
    @inline(__always)
    static func lowercased(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let low = block & 0x7F
        let capitals = (low &+ (0x80 - 0x41)) & ~(low &+ (0x80 - 0x5B)) & ~block & 0x80
        return block | capitals &>> 2
    }

    /// The high bit of each lane that holds a control character.
    @inline(__always)
    static func control(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
        ((block &- 0x20) & ~block | equal(block, 0x7F)) & 0x80
    }

    /// The high bit of each lane that may not stand in a target.
    @inline(__always)
    private static func noTarget(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
        ((block &- 0x21) | equal(block, 0x23) | equal(block, 0x7F) | block) & 0x80
    }

    /// The high bit of each lane that is no letter, digit, `-` or `.`.
    @inline(__always)
    private static func noPlainHost(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let plain = within(block | 0x20, 0x61, 26) | within(block, 0x30, 10) | within(block, 0x2D, 2)
        return ~(plain & ~block) & 0x80
    }

    /// High bits where a lane equals `byte`; those of eight-bit lanes mean nothing.
    @inline(__always)
    static func equal(_ block: SIMD16<UInt8>, _ byte: UInt8) -> SIMD16<UInt8> {
        let difference = block ^ SIMD16(repeating: byte)
        return (difference &- 1) & ~difference
    }

    /// High bits where a lane is one of the `count` bytes from `first` on; those of eight-bit lanes mean nothing.
    @inline(__always)
    static func within(_ block: SIMD16<UInt8>, _ first: UInt8, _ count: UInt8) -> SIMD16<UInt8> {
        let difference = block &- first
        return (difference &- count) & ~difference
    }

    /// Whether no lane has a bit set.
    @inline(__always)
    static func isZero(_ block: SIMD16<UInt8>) -> Bool {
        let words = unsafeBitCast(block, to: SIMD2<UInt64>.self)
        return words[0] | words[1] == 0
    }

    /// The first lane with its high bit set, or 16.
    @inline(__always)
    static func firstLane(_ highBits: SIMD16<UInt8>) -> Int {
        let words = unsafeBitCast(highBits, to: SIMD2<UInt64>.self)
        if words[0] != 0 { return UInt64(littleEndian: words[0]).trailingZeroBitCount &>> 3 }
        return 8 &+ UInt64(littleEndian: words[1]).trailingZeroBitCount &>> 3
    }
}

extension ASCII {
    /// Whether `byte` may stand in a token (RFC 9110 §5.6.2).
    public static func isTokenCharacter(_ byte: UInt8) -> Bool {
        // One bit per character: ! # $ % & ' * + - . 0-9 in the first word, A-Z ^ _ ` a-z | ~ in the second.
        let set: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return byte < 128 && set &>> UInt64(byte & 63) & 1 == 1
    }
}
