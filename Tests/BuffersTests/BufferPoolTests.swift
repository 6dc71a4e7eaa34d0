import Buffers
import Testing

struct BufferPoolTests {
    @Test func `a slab that nobody refers to is handed out again`() {
        let pool = BufferPool(slabCapacity: 64)
        let slab = pool.take()
        let identity = ObjectIdentifier(slab)
        pool.give(consume slab)
        #expect(ObjectIdentifier(pool.take()) == identity)
    }

    @Test func `a slab that is still referred to is not handed out again`() {
        let pool = BufferPool(slabCapacity: 64)
        let slab = pool.take()
        slab.base.storeBytes(of: 0x61, as: UInt8.self)
        let bytes = Bytes(slab: slab, offset: 0, count: 1)
        pool.give(slab)
        let other = pool.take()
        #expect(other !== bytes.slab)
        other.base.storeBytes(of: 0x62, as: UInt8.self)
        #expect(String(bytes) == "a")
    }

    @Test func `slabs of another size are not kept`() {
        let pool = BufferPool(slabCapacity: 64)
        let large = Slab(capacity: 128)
        let identity = ObjectIdentifier(large)
        pool.give(large)
        let next = pool.take()
        #expect(next.capacity == 64)
        #expect(ObjectIdentifier(next) != identity)
    }
}
