/// Scans over borrowed bytes. Eight bytes at a time where that pays: SIMD masks are far slower in Swift.
extension RawSpan {
    /// The byte at `index`; traps outside the span.
    public subscript(index: Int) -> UInt8 {
        // One comparison covers both ends, and the load does not check once more.
        precondition(UInt(bitPattern: index) < UInt(bitPattern: byteCount))
        return unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
    }

    /// Eight bytes from `index` on as a little-endian word; the caller has checked `index + 8 <= byteCount`.
    public func word(at index: Int) -> UInt64 {
        precondition(index >= 0 && index &+ 8 <= byteCount)
        return UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
    }

    /// All bytes of a span with fewer than eight, the first in the lowest bits, zeros above the last.
    public var shortWord: UInt64 {
        let length = byteCount
        precondition(length < 8)
        if length >= 4 {
            // Two halves that overlap, rather than byte by byte.
            let low = unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt32.self)
            let high = unsafeLoadUnaligned(fromUncheckedByteOffset: length &- 4, as: UInt32.self)
            return UInt64(UInt32(littleEndian: low))
                | UInt64(UInt32(littleEndian: high)) << UInt64(truncatingIfNeeded: (length &- 4) &* 8)
        }
        guard length > 0 else { return 0 }
        let (middle, last) = (length >> 1, length &- 1)
        return UInt64(self[0]) | UInt64(self[middle]) << UInt64(truncatingIfNeeded: middle &* 8)
            | UInt64(self[last]) << UInt64(truncatingIfNeeded: last &* 8)
    }

    /// The first place of `byte` at or after `start`, or nil.
    public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        var index = start
        let end = byteCount
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        while index &+ 8 <= end {
            let difference = word(at: index) ^ pattern
            let zeros = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            if zeros != 0 { return index &+ zeros.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < end {
            if self[index] == byte { return index }
            index &+= 1
        }
        return nil
    }

    public func equals(_ other: RawSpan) -> Bool {
        let length = byteCount
        guard length == other.byteCount else { return false }
        guard length >= 8 else { return shortWord == other.shortWord }
        var index = 0
        while index &+ 8 <= length {
            if word(at: index) != other.word(at: index) { return false }
            index &+= 8
        }
        // The last eight bytes again, some of them for the second time: cheaper than one by one.
        return word(at: length &- 8) == other.word(at: length &- 8)
    }

    /// Equality with literal text.
    public func equals(_ text: StaticString) -> Bool {
        equals(RawSpan(_unsafeStart: text.utf8Start, byteCount: text.utf8CodeUnitCount))
    }

    /// Equality with literal lower-case text, ASCII letters of the span taken in either case.
    public func equalsIgnoringCase(_ lowercase: StaticString) -> Bool {
        guard byteCount == lowercase.utf8CodeUnitCount else { return false }
        let other = RawSpan(_unsafeStart: lowercase.utf8Start, byteCount: byteCount)
        var index = 0
        while index &+ 8 <= byteCount {
            if ASCII.lowercased(word(at: index)) != other.word(at: index) { return false }
            index &+= 8
        }
        while index < byteCount {
            if ASCII.lowercased(self[index]) != other[index] { return false }
            index &+= 1
        }
        return true
    }

    /// Equality with text held as an array.
    public func equals(_ other: [UInt8]) -> Bool {
        equals(other.span.bytes)
    }

    /// Whether the span begins with `prefix`.
    public func starts(with prefix: StaticString) -> Bool {
        byteCount >= prefix.utf8CodeUnitCount && extracting(first: prefix.utf8CodeUnitCount).equals(prefix)
    }

    /// Whether the span ends with `suffix`.
    public func ends(with suffix: StaticString) -> Bool {
        byteCount >= suffix.utf8CodeUnitCount && extracting(last: suffix.utf8CodeUnitCount).equals(suffix)
    }

    /// The span without spaces and tabs at its ends (OWS, RFC 9110 §5.6.3).
    @_lifetime(copy self)
    public func trimmingOptionalWhitespace() -> RawSpan {
        var start = 0
        var end = byteCount
        while start < end, ASCII.isBlank(self[start]) { start &+= 1 }
        while end > start, ASCII.isBlank(self[end &- 1]) { end &-= 1 }
        return extracting(start..<end)
    }
}
