/// Buffers of the size that nghttp2 composes frames in, one per session for as long as it lives.
///
/// An idle session has used a hundred bytes of its 16 KiB. From malloc they come with pages that others have written to,
/// TLS handshakes above all, and all of them count: 12 KiB more per connection. Cut from slabs that are used for nothing
/// else, pages that no session has written to cost nothing.
final class FrameBuffers {
    static let byteCount = 17 * 1024
    private static let perSlab = 64

    // No access lasts across a call out of here, so none can overlap.
    @exclusivity(unchecked) private var slabs: [UnsafeMutableRawPointer] = []
    /// The last one given back is the next one taken: its pages are there.
    @exclusivity(unchecked) private var free: [UnsafeMutableRawPointer] = []

    /// Whether a block of `capacity` bytes is one of these.
    static func fit(_ capacity: Int) -> Bool {
        capacity > 16 * 1024 && capacity <= byteCount
    }

    deinit {
        for slab in slabs { slab.deallocate() }
    }

    func take() -> UnsafeMutableRawPointer {
        if let buffer = free.popLast() { return buffer }
        let slab = UnsafeMutableRawPointer.allocate(byteCount: Self.byteCount * Self.perSlab, alignment: 4096)
        slabs.append(slab)
        // The next in line is the first of the slab.
        for index in (1..<Self.perSlab).reversed() { free.append(slab + index * Self.byteCount) }
        return slab
    }

    func give(_ buffer: UnsafeMutableRawPointer) {
        free.append(buffer)
    }
}
