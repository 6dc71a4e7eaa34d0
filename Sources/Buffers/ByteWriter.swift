/// A growing run of bytes with one owner; what every encoder writes into.
///
/// `finish()` gives the bytes away without a copy. Not copyable, so the slab under it has one writer.
public struct ByteWriter: ~Copyable {
    var slab: Slab?
    /// How many bytes have been written.
    public internal(set) var count = 0
    var capacity = 0

    /// Room for `capacity` bytes is taken at once; with 0 nothing is allocated before the first write.
    public init(capacity: Int = 0) {
        if capacity > 0 {
            slab = Slab(capacity: capacity)
            self.capacity = capacity
        }
    }

    /// Writes into `slab` from its start; the caller holds no `Bytes` over it.
    public init(reusing slab: Slab) {
        self.slab = slab
        self.capacity = slab.capacity
    }

    public var isEmpty: Bool { count == 0 }

    /// What has been written so far.
    public var written: RawSpan {
        @_lifetime(borrow self) get {
            guard let slab else { return RawSpan() }
            let span = RawSpan(_unsafeStart: UnsafeRawPointer(slab.base), byteCount: count)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// Makes room for `extra` more bytes.
    public mutating func reserve(_ extra: Int) {
        if capacity &- count < extra { grow(extra) }
    }

    public mutating func append(_ byte: UInt8) {
        reserve(1)
        slab.unsafelyUnwrapped.base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    public mutating func append(_ span: RawSpan) {
        reserve(span.byteCount)
        span.withUnsafeBytes { append($0) }
    }

    public mutating func append(_ bytes: Bytes) {
        append(bytes.span)
    }

    public mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    public mutating func append(_ array: [UInt8]) {
        append(array.span.bytes)
    }

    // Literals are for the one above, which costs a third of this.
    @_disfavoredOverload
    public mutating func append(_ string: String) {
        var string = string
        string.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Forgets what was written after the first `length` bytes; traps when fewer were written.
    public mutating func truncate(to length: Int) {
        precondition(length >= 0 && length <= count)
        count = length
    }

    /// Gives away what was written; the writer is empty and owns nothing afterwards.
    public mutating func finish() -> Bytes {
        guard let slab else { return Bytes() }
        let bytes = Bytes(slab: slab, offset: 0, count: count)
        self.slab = nil
        capacity = 0
        count = 0
        return bytes
    }

    /// Gives up the slab and forgets what was written: for a pool.
    public mutating func removeSlab() -> Slab? {
        capacity = 0
        count = 0
        return slab.take()
    }

    mutating func append(_ source: UnsafeRawBufferPointer) {
        guard let base = source.baseAddress, source.count > 0 else { return }
        reserve(source.count)
        (slab.unsafelyUnwrapped.base + count).copyMemory(from: base, byteCount: source.count)
        count &+= source.count
    }

    mutating func grow(_ extra: Int) {
        let larger = Slab(capacity: max(count + extra, capacity * 2, 64))
        if let slab { larger.base.copyMemory(from: slab.base, byteCount: count) }
        slab = larger
        capacity = larger.capacity
    }
}
