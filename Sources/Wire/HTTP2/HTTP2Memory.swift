internal import CNGHTTP2

/// The small memory of one worker's sessions: nghttp2 asks for some with every frame that is no DATA and every stream, and
/// gives it back soon. Blocks that are free wait here for the next one who asks; large ones come and go, but for the
/// buffers that sessions compose frames in (`FrameBuffers`).
///
/// Shared by as many sessions as one thread has; each keeps it alive.
public final class HTTP2Memory {
    /// Stands before each block: how large it is. Sixteen bytes, so that what follows is aligned as malloc's is.
    private struct Prefix {
        static let byteCount = 16
        var capacity: Int
    }

    private static let granule = 64
    private static let classes = 8
    /// The free blocks of each size, as a list through their first words.
    // No access lasts across a call out of here, so none can overlap.
    @exclusivity(unchecked) private var free = [8 of UnsafeMutableRawPointer?](repeating: nil)
    @exclusivity(unchecked) private var counts = [8 of Int](repeating: 0)
    private let keep: Int
    private let frames = FrameBuffers()

    /// - Parameter keep: How many free blocks are kept of each size; the sizes are 64, 128 … 512 bytes.
    public init(keep: Int = 256) {
        self.keep = keep
    }

    deinit {
        for index in 0..<Self.classes {
            while let block = pop(index) { block.deallocate() }
        }
    }

    private func pop(_ index: Int) -> UnsafeMutableRawPointer? {
        guard let block = free[index] else { return nil }
        free[index] = block.load(as: UnsafeMutableRawPointer?.self)
        counts[index] &-= 1
        return block
    }

    private func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        guard size < Int.max - Self.granule else { return nil }
        let capacity = (size + Prefix.byteCount + Self.granule - 1) / Self.granule * Self.granule
        if FrameBuffers.fit(capacity) {
            let block = frames.take()
            block.storeBytes(of: Prefix(capacity: FrameBuffers.byteCount), as: Prefix.self)
            return block + Prefix.byteCount
        }
        let index = capacity / Self.granule - 1
        let recycled = index < Self.classes ? pop(index) : nil
        let block = recycled ?? UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        block.storeBytes(of: Prefix(capacity: capacity), as: Prefix.self)
        return block + Prefix.byteCount
    }

    private func release(_ pointer: UnsafeMutableRawPointer) {
        let block = pointer - Prefix.byteCount
        let capacity = block.load(as: Prefix.self).capacity
        if FrameBuffers.fit(capacity) { return frames.give(block) }
        let index = capacity / Self.granule - 1
        guard index < Self.classes, counts[index] < keep else { return block.deallocate() }
        block.storeBytes(of: free[index], as: UnsafeMutableRawPointer?.self)
        free[index] = block
        counts[index] &+= 1
    }

    private func reallocate(_ pointer: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
        guard let pointer else { return allocate(size) }
        let room = (pointer - Prefix.byteCount).load(as: Prefix.self).capacity - Prefix.byteCount
        if size <= room { return pointer }
        guard let larger = allocate(size) else { return nil }
        larger.copyMemory(from: pointer, byteCount: room)
        release(pointer)
        return larger
    }

    /// How nghttp2 asks; it copies the table, not what it names.
    var table: nghttp2_mem {
        nghttp2_mem(
            mem_user_data: Unmanaged.passUnretained(self).toOpaque(),
            malloc: { size, memory in HTTP2Memory.ask(memory) { $0.allocate(size) } },
            free: { pointer, memory in
                guard let pointer else { return }
                _ = HTTP2Memory.ask(memory) {
                    $0.release(pointer)
                    return nil
                }
            },
            calloc: { count, size, memory in
                let (total, overflow) = count.multipliedReportingOverflow(by: size)
                guard !overflow, let pointer = HTTP2Memory.ask(memory, { $0.allocate(total) }) else { return nil }
                pointer.initializeMemory(as: UInt8.self, repeating: 0, count: total)
                return pointer
            },
            realloc: { pointer, size, memory in
                HTTP2Memory.ask(memory) { $0.reallocate(pointer, size) }
            })
    }

    /// Calls the object that nghttp2 was told to name; the session that asks keeps it alive.
    private static func ask(
        _ pointer: UnsafeMutableRawPointer?, _ body: (HTTP2Memory) -> UnsafeMutableRawPointer?
    ) -> UnsafeMutableRawPointer? {
        pointer.flatMap { Unmanaged<HTTP2Memory>.fromOpaque($0)._withUnsafeGuaranteedRef(body) }
    }
}
