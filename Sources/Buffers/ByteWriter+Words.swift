/// Writing in pieces of up to eight bytes, and into what was written already: for formats whose lengths stand before
/// their contents.
extension ByteWriter {
    /// Appends the first `length` bytes of `word`, least significant first; at most eight.
    ///
    /// Generic, since of functions that are more than a few instructions only generic ones are inlined across modules.
    @inline(__always)
    public mutating func append(word: some FixedWidthInteger & UnsignedInteger, length: Int) {
        precondition(UInt(bitPattern: length) <= 8)
        reserve(8)
        let word = UInt64(truncatingIfNeeded: word).littleEndian
        slab.unsafelyUnwrapped.base.storeBytes(of: word, toByteOffset: count, as: UInt64.self)
        count &+= length
    }

    /// Overwrites the byte at `index`; traps outside of what was written.
    public mutating func overwrite(_ byte: UInt8, at index: Int) {
        precondition(index >= 0 && index < count)
        slab.unsafelyUnwrapped.base.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
    }

    /// Puts the first `length` bytes of `word` before the byte at `index`, which moves back with all behind it.
    public mutating func insert(word: UInt64, length: Int, at index: Int) {
        precondition(index >= 0 && index <= count && length >= 0 && length <= 8)
        reserve(length)
        let place = slab.unsafelyUnwrapped.base + index
        (place + length).copyMemory(from: place, byteCount: count &- index)
        for byte in 0..<length {
            place.storeBytes(
                of: UInt8(truncatingIfNeeded: word >> UInt64(byte * 8)), toByteOffset: byte, as: UInt8.self)
        }
        count &+= length
    }
}

extension ByteWriter {
    /// Lets `fill` write up to `room` bytes behind what was written: for libraries that write into memory. It answers how
    /// many it wrote, from the first on.
    public mutating func append(upTo room: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
        reserve(room)
        guard room > 0, let slab else { return }
        let length = fill(UnsafeMutableRawBufferPointer(start: slab.base + count, count: room))
        precondition(length >= 0 && length <= room)
        count &+= length
    }
}
