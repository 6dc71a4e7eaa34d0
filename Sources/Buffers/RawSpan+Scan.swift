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
        guard length >= 8 else { return equalsShort(other) }
        var index = 0
        while index &+ 8 <= length {
            if word(at: index) != other.word(at: index) { return false }
            index &+= 8
        }
        // The last eight bytes again, some of them for the second time: cheaper than one by one.
        return word(at: length &- 8) == other.word(at: length &- 8)
    }

    /// Equality with fewer than eight bytes, as many as here.
    private func equalsShort(_ other: RawSpan) -> Bool {
        for index in 0..<byteCount where self[index] != other[index] { return false }
        return true
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
