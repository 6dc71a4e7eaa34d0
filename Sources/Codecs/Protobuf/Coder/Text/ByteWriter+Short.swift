internal import Buffers

extension ByteWriter {
    /// Appends text that is mostly short: up to a few words it costs less without a call.
    @inline(__always)
    mutating func append(short bytes: RawSpan) {
        let count = bytes.byteCount
        guard count <= 32 else { return append(bytes) }
        var index = 0
        while index &+ 8 <= count {
            append(word: bytes.word(at: index), length: 8)
            index &+= 8
        }
        let rest = count &- index
        guard rest > 0 else { return }
        if index > 0 {
            // The last eight bytes, without those that are written.
            append(
                word: bytes.word(at: count &- 8) >> UInt64(truncatingIfNeeded: (8 &- rest) &* 8), length: rest)
        } else {
            append(word: bytes.shortWord, length: rest)
        }
    }
}

extension RawSpan {
    /// Eight bytes from `index` on, which is in the span or its end; zeros stand for what is behind it.
    @inline(__always)
    func word(from index: Int) -> UInt64 {
        index &+ 8 <= byteCount ? word(at: index) : lastWord(from: index)
    }

    private func lastWord(from index: Int) -> UInt64 {
        guard byteCount >= 8 else { return extracting(index..<byteCount).shortWord }
        return word(at: byteCount &- 8) >> UInt64(truncatingIfNeeded: (index &+ 8 &- byteCount) &* 8)
    }

    /// All of the bytes, one to seven, as a word. Loads overlap, and what is in both is the same.
    fileprivate var shortWord: UInt64 {
        let count = byteCount
        if count >= 4 {
            let low = UInt64(UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self)))
            let high = UInt64(UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)))
            return low | high << UInt64(truncatingIfNeeded: (count &- 4) &* 8)
        }
        var word: UInt64 = 0
        for index in 0..<count { word |= UInt64(self[index]) << UInt64(truncatingIfNeeded: index &* 8) }
        return word
    }
}
