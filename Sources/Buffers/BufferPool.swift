/// The slabs that one worker reads into.
///
/// A connection takes a slab for the length of one read and gives it back; what still refers to its bytes keeps the slab
/// alive, and the pool simply makes another. So an idle connection holds no buffer.
public final class BufferPool {
    public let slabCapacity: Int
    private let keep: Int
    // No access lasts across a call out of here, so none can overlap: the check would cost more than the work.
    @exclusivity(unchecked) private var free: [Slab] = []

    /// - Parameters:
    ///   - slabCapacity: Bytes per slab.
    ///   - keep: How many unused slabs are kept for later.
    public init(slabCapacity: Int = 64 * 1024, keep: Int = 64) {
        self.slabCapacity = slabCapacity
        self.keep = keep
    }

    /// A slab that nobody else refers to.
    public func take() -> Slab {
        free.popLast() ?? Slab(capacity: slabCapacity)
    }

    /// Takes `slab` back unless somebody still refers to its bytes.
    public func give(_ slab: consuming Slab) {
        var slab = slab
        if slab.capacity == slabCapacity, free.count < keep, isKnownUniquelyReferenced(&slab) { free.append(slab) }
    }
}
