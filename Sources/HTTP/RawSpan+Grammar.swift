public import Buffers

/// The character classes of HTTP (RFC 9110 §5.5, §5.6.2), scanned sixteen bytes at a time.
///
/// The vectors use only lane-wise arithmetic: comparisons of SIMD values compile to loops over the lanes in Swift.
/// Every test leaves the high bit of a lane set where it holds.
extension RawSpan {
    /// The first place at or after `start` of a control character (tab included), or `byteCount`.
    public func firstControl(from start: Int) -> Int {
        var index = start
        while index >= 0, index &+ 16 <= byteCount {
            let block = unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
            let place = Self.firstLane((Self.below0x20(block) | Self.equal(block, 0x7F)) & 0x80)
            if place < 16 { return index &+ place }
            index &+= 16
        }
        while index < byteCount, self[index] >= 0x20, self[index] != 0x7F { index &+= 1 }
        return index
    }

    /// The first place at or after `start` of what may not stand in a request target: blanks, control characters,
    /// eight-bit bytes and `#` (RFC 9112 §3.2; RFC 3986 §3), or `byteCount`.
    public func endOfTarget(from start: Int) -> Int {
        var index = start
        while index >= 0, index &+ 16 <= byteCount {
            let block = unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
            let bad = (block &- 0x21) | Self.equal(block, 0x23) | Self.equal(block, 0x7F) | block
            let place = Self.firstLane(bad & 0x80)
            if place < 16 { return index &+ place }
            index &+= 16
        }
        while index < byteCount, self[index] > 0x20, self[index] < 0x7F, self[index] != 0x23 { index &+= 1 }
        return index
    }

    /// The first place at or after `start` of a byte that is no `tchar` (RFC 9110 §5.6.2), or `byteCount`.
    public func endOfToken(from start: Int = 0) -> Int {
        var index = start
        while index < byteCount, ASCII.isTokenCharacter(self[index]) { index &+= 1 }
        return index
    }

    /// Whether the whole span is a token: a method, a field name.
    public var isToken: Bool { byteCount > 0 && endOfToken() == byteCount }

    /// The first place of `:` at or after `start`, or `byteCount`.
    func firstColon(from start: Int) -> Int {
        var index = start
        while index >= 0, index &+ 16 <= byteCount {
            let block = unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
            let place = Self.firstLane(Self.equal(block, 0x3A) & ~block & 0x80)
            if place < 16 { return index &+ place }
            index &+= 16
        }
        while index < byteCount, self[index] != 0x3A { index &+= 1 }
        return index
    }

    /// Sixteen bytes with ASCII capitals made small.
    static func lowercased(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let low = block & 0x7F
        let capitals = (low &+ (0x80 - 0x41)) & ~(low &+ (0x80 - 0x5B)) & ~block & 0x80
        return block | capitals &>> 2
    }

    /// High bits where a lane is below 0x20.
    private static func below0x20(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
        (block &- 0x20) & ~block
    }

    /// High bits where a lane equals `byte`.
    private static func equal(_ block: SIMD16<UInt8>, _ byte: UInt8) -> SIMD16<UInt8> {
        let difference = block ^ SIMD16(repeating: byte)
        return (difference &- 1) & ~difference
    }

    private static func firstLane(_ highBits: SIMD16<UInt8>) -> Int {
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
