internal import Buffers

/// What of one body waits to be sent. Keeps its memory from stream to stream.
struct OutgoingBody {
    private var pieces: [Bytes] = []
    /// Index of the first piece that is not wholly sent.
    private var first = 0
    /// Bytes that wait.
    private(set) var count = 0

    /// Up to this many bytes are copied rather than referred to.
    static let copyLimit = 4096

    mutating func append(_ bytes: Bytes) {
        guard !bytes.isEmpty else { return }
        pieces.append(bytes)
        count &+= bytes.count
    }

    /// How many bytes the next frame shall have, `maximum` at most: one large piece, or several small ones.
    func frameLength(_ maximum: Int) -> Int {
        guard first < pieces.count else { return 0 }
        guard pieces[first].count <= Self.copyLimit else { return min(pieces[first].count, maximum) }
        var length = 0
        for index in first..<pieces.count where length < maximum {
            guard pieces[index].count <= Self.copyLimit else { break }
            length &+= pieces[index].count
        }
        return min(length, maximum)
    }

    /// Takes the first `length` bytes: small pieces are written to `out`, a large one is returned.
    mutating func take(_ length: Int, into out: inout ByteWriter) -> Bytes? {
        count &-= length
        var rest = length
        while rest > 0, first < pieces.count {
            let part = min(rest, pieces[first].count)
            let piece = pieces[first].removePrefix(part)
            if pieces[first].isEmpty { dropFirst() }
            guard part <= Self.copyLimit else { return piece }
            out.append(piece)
            rest &-= part
        }
        return nil
    }

    private mutating func dropFirst() {
        first &+= 1
        guard first < pieces.count else { return removeAll() }
        pieces[first &- 1] = Bytes()
        if first >= 64 {
            pieces.removeFirst(first)
            first = 0
        }
    }

    mutating func removeAll() {
        // One by one: there is one nearly always, and the generic way costs as much as the rest of a stream's end.
        while !pieces.isEmpty { pieces.removeLast() }
        first = 0
        count = 0
    }
}
