import Buffers
import CLinux
import Glibc
import Testing

@testable import Reactor

@Suite struct SendQueueTests {
    @Test(arguments: UInt64(1)...30)
    func `bytes leave in the order in which they came, however they are cut`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pool = BufferPool()
        let tails = BufferPool(slabCapacity: SendQueue.tailCapacity)
        let vectors = UnsafeMutableBufferPointer<iovec>.allocate(capacity: 3)
        defer { vectors.deallocate() }
        var queue = SendQueue()
        var expected: [UInt8] = []
        var sent: [UInt8] = []
        for step in 0..<400 {
            let count = Int.random(in: 0...(1 << Int.random(in: 0...14, using: &random)), using: &random)
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: count)
            if Bool.random(using: &random) {
                queue.append(Bytes(bytes), tails: tails)
            } else {
                var tail = queue.takeTail(tails)
                tail.append(bytes)
                queue.putTail(tail)
            }
            expected += bytes
            #expect(queue.count == expected.count - sent.count)
            if Int.random(in: 0..<3, using: &random) == 0 {
                sent += take(from: &queue, vectors, pool, tails, &random)
            }
        }
        while !queue.isEmpty { sent += take(from: &queue, vectors, pool, tails, &random) }
        #expect(sent == expected, "seed \(seed)")
        #expect(queue.count == 0)
    }

    /// Plays the kernel, which takes some of what it is offered.
    private func take(
        from queue: inout SendQueue, _ vectors: UnsafeMutableBufferPointer<iovec>, _ pool: BufferPool,
        _ tails: BufferPool, _ random: inout SeededGenerator
    ) -> [UInt8] {
        if queue.isTailOnly, Bool.random(using: &random) {
            let all = queue.withTail { Array($0) }
            queue.closeTail(tails)
            return all
        }
        let used = queue.gather(into: vectors)
        let offered = vectors[..<used].flatMap { UnsafeRawBufferPointer(start: $0.iov_base, count: $0.iov_len) }
        let taken = Int.random(in: 0...offered.count, using: &random)
        queue.sent(taken, pool: pool, tails: tails)
        return Array(offered[..<taken])
    }

    @Test func `what is wholly sent gives its memory back`() {
        let pool = BufferPool()
        let tails = BufferPool(slabCapacity: SendQueue.tailCapacity)
        let slab = tails.take()
        let place = slab.base
        tails.give(consume slab)
        var queue = SendQueue()
        queue.append(Bytes("small"), tails: tails)
        queue.closeTail(tails)
        #expect(tails.take().base == place)
        queue.append(Bytes([UInt8](repeating: 1, count: 5000)), tails: tails)
        let isPiece = !queue.isTailOnly
        #expect(isPiece)
        queue.sent(5000, pool: pool, tails: tails)
        let isIdle = queue.isEmpty && queue.isTailOnly
        #expect(isIdle)
    }
}
