internal import Buffers
internal import CLinux
internal import Glibc

/// Bytes on their way out of one socket: whole pieces by reference, then a tail that grows by copying.
///
/// Knows no descriptor; an idle one holds no memory.
struct SendQueue: ~Copyable {
    private var pieces: [Bytes] = []
    /// Index of the first piece that is not wholly sent.
    private var first = 0
    private var queued = 0
    private var tail = ByteWriter()
    /// The tail has a slab of the pool.
    private var hasTail = false

    /// Up to this many bytes are copied rather than referred to: cheaper than one more piece for the kernel.
    static let copyLimit = 4096
    /// Bytes of one tail slab.
    static let tailCapacity = 8192

    /// Unsent bytes.
    var count: Int { queued &+ tail.count }

    var isEmpty: Bool { queued == 0 && tail.isEmpty }

    /// Only the tail has bytes: one plain write will do.
    var isTailOnly: Bool { queued == 0 }

    mutating func append(_ bytes: Bytes, tails: BufferPool) {
        if bytes.isEmpty { return }
        if bytes.count > SendQueue.copyLimit {
            seal()
            pieces.append(bytes)
            queued &+= bytes.count
        } else {
            if tail.count &+ bytes.count > SendQueue.tailCapacity { seal() }
            openTail(tails)
            tail.append(bytes)
        }
    }

    /// Moves the tail out to be written to; `putTail` puts it back.
    ///
    /// - Parameter room: Bytes that should find room in it.
    mutating func takeTail(_ tails: BufferPool, room: Int = 0) -> ByteWriter {
        if tail.count &+ room > SendQueue.tailCapacity { seal() }
        openTail(tails)
        var taken = ByteWriter()
        swap(&tail, &taken)
        return taken
    }

    mutating func putTail(_ written: consuming ByteWriter) {
        tail = written
    }

    private mutating func openTail(_ tails: BufferPool) {
        if hasTail { return }
        tail = ByteWriter(reusing: tails.take())
        hasTail = true
    }

    /// Makes what is in the tail a piece.
    mutating func seal() {
        guard !tail.isEmpty else { return }
        queued &+= tail.count
        pieces.append(tail.finish())
        hasTail = false
    }

    /// The tail's bytes, when there is nothing before them.
    func withTail<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        tail.written.withUnsafeBytes(body)
    }

    /// Describes what is to be sent next in `vectors` and returns how many of them are used.
    mutating func gather(into vectors: UnsafeMutableBufferPointer<iovec>) -> Int {
        seal()
        var used = 0
        for index in first..<pieces.count where used < vectors.count {
            let piece = pieces[index]
            vectors[used] = iovec(iov_base: piece.slab.base + piece.offset, iov_len: piece.count)
            used &+= 1
        }
        return used
    }

    /// The first `count` gathered bytes were sent; what is done goes back to the pools.
    mutating func sent(_ count: Int, pool: BufferPool, tails: BufferPool) {
        queued &-= count
        var rest = count
        while first < pieces.count, rest >= pieces[first].count {
            rest &-= pieces[first].count
            var done = Bytes()
            swap(&done, &pieces[first])
            if done.slab.capacity == tails.slabCapacity { tails.give(done) } else { pool.give(done) }
            first &+= 1
        }
        if rest > 0 { _ = pieces[first].removePrefix(rest) }
        if first == pieces.count {
            pieces = []
            first = 0
        } else if first >= 64 {
            pieces.removeFirst(first)
            first = 0
        }
    }

    /// Hands the next bytes to `body`, at most `limit` of them, and counts them as sent: in place when enough of them lie
    /// together, else gathered in `room`.
    mutating func takeNext<Result>(
        upTo limit: Int, gathering room: UnsafeMutableRawBufferPointer, pool: BufferPool, tails: BufferPool,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        if isTailOnly, tail.count <= limit {
            defer { tail.truncate(to: 0) }
            return withTail(body)
        }
        seal()
        let next = first < pieces.count ? pieces[first] : Bytes()
        if next.count >= room.count || next.count == queued {
            let count = min(next.count, limit)
            defer { sent(count, pool: pool, tails: tails) }
            return body(UnsafeRawBufferPointer(start: next.slab.base + next.offset, count: count))
        }
        let filled = gather(into: room)
        defer { sent(filled, pool: pool, tails: tails) }
        return body(UnsafeRawBufferPointer(rebasing: room[..<filled]))
    }

    /// Copies the first pieces into `room`, as many bytes as fit.
    private func gather(into room: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        for index in first..<pieces.count where filled < room.count {
            let count = min(pieces[index].count, room.count - filled)
            let piece = pieces[index]
            UnsafeMutableRawBufferPointer(rebasing: room[filled...]).copyMemory(
                from: UnsafeRawBufferPointer(start: piece.slab.base + piece.offset, count: count))
            filled += count
        }
        return filled
    }

    /// Empties the tail, all of which was sent, and gives its memory back.
    mutating func closeTail(_ tails: BufferPool) {
        guard hasTail else { return }
        hasTail = false
        if let slab = tail.removeSlab() { tails.give(slab) }
    }

    /// Forgets everything.
    mutating func removeAll() {
        pieces = []
        first = 0
        queued = 0
        tail = ByteWriter()
        hasTail = false
    }
}

extension BufferPool {
    /// Takes the slab of `bytes` back unless somebody else refers to it.
    func give(_ bytes: consuming Bytes) {
        let slab = bytes.slab
        // Ends the reference of `bytes` before the pool counts.
        bytes = Bytes()
        give(slab)
    }
}
