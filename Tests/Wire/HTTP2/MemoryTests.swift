import CNGHTTP2
import Testing

@testable import HTTP2

/// Memory as nghttp2 asks for it.
@Suite struct MemoryTests {
    @Test func `buffers for frames are cut from slabs and used again, the last one first`() {
        let buffers = FrameBuffers()
        let taken = (0..<130).map { _ in buffers.take() }
        #expect(Set(taken).count == 130)
        let sorted = taken.sorted()
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= FrameBuffers.byteCount })
        // Each is there to its last byte.
        for buffer in taken { buffer.storeBytes(of: 7, toByteOffset: FrameBuffers.byteCount - 1, as: UInt8.self) }
        buffers.give(taken[3])
        buffers.give(taken[70])
        #expect(buffers.take() == taken[70] && buffers.take() == taken[3])
    }

    @Test(arguments: [0, 1, 48, 64, 496, 513, 16_383, 16_394, 17_000, 17_392, 17_393, 100_000])
    func `blocks of every size are given, grow and go back`(size: Int) throws {
        let memory = HTTP2Memory(keep: 2)
        let table = memory.table
        for _ in 0..<4 {
            let blocks = try (0..<4).map { _ in try #require(table.malloc(size, table.mem_user_data)) }
            #expect(Set(blocks).count == 4 && blocks.allSatisfy { UInt(bitPattern: $0) % 16 == 0 })
            for block in blocks { block.initializeMemory(as: UInt8.self, repeating: 0xA5, count: size) }
            let grown = try #require(table.realloc(blocks[0], size * 2 + 1, table.mem_user_data))
            #expect((0..<size).allSatisfy { grown.load(fromByteOffset: $0, as: UInt8.self) == 0xA5 })
            for block in blocks.dropFirst() + [grown] { table.free(block, table.mem_user_data) }
            let zeros = try #require(table.calloc(3, size, table.mem_user_data))
            #expect((0..<3 * size).allSatisfy { zeros.load(fromByteOffset: $0, as: UInt8.self) == 0 })
            table.free(zeros, table.mem_user_data)
        }
    }
}
