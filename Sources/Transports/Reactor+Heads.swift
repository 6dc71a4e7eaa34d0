internal import Buffers
internal import HTTP
internal import Reactor

extension Reactor {
    /// Memory for the heads of responses: whoever has written one gives it, for whoever reads the next.
    var headMemory: BufferPool {
        if let memory = self[HeadMemory.self] { return memory.pool }
        let memory = HeadMemory()
        self[HeadMemory.self] = memory
        return memory.pool
    }
}

/// Tells the pool from others, as what a reactor keeps is found by its type.
private final class HeadMemory {
    let pool = BufferPool(slabCapacity: Headers.usualCapacity)
}

extension BufferPool {
    /// Takes the memory of `headers` back, whose fields are forgotten.
    func give(_ headers: inout Headers) {
        if let slab = headers.removeSlab() { give(slab) }
    }
}
