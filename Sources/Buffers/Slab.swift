/// Memory that `Bytes` slices share.
///
/// A slab is written by one owner (a socket's read, a `ByteWriter`) and only in places that no `Bytes` refers to yet;
/// what a `Bytes` refers to never changes again while that `Bytes` lives. `BufferPool` upholds the second half: it takes
/// a slab back only when its own reference is the last one.
public final class Slab: @unchecked Sendable {
    // Unchecked: `base` points to memory that is immutable wherever it is shared, by the rule above
    // (BufferPoolTests "a slab that is still referred to is not handed out again").
    public let base: UnsafeMutableRawPointer
    public let capacity: Int

    public init(capacity: Int) {
        self.base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        self.capacity = capacity
    }

    deinit {
        base.deallocate()
    }
}
