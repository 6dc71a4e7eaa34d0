internal import Buffers
internal import Canonical

/// Puts the messages of a stream behind each other in one body.
struct StreamWriter {
    let form: StreamForm
    /// How many messages have been written.
    private(set) var count = 0

    init(_ form: StreamForm) {
        self.form = form
    }

    /// The piece of the body that the next message is.
    ///
    /// - Parameter write: Writes the message as one JSON text.
    mutating func message(
        _ write: (inout ByteWriter) throws(Failure) -> Void
    ) throws(Failure) -> Bytes {
        var out = ByteWriter(capacity: 512)
        switch form {
        case .array: out.append(count == 0 ? "[" : ",")
        case .lines: break
        case .events:
            out.append("id: ")
            out.append(decimal: count + 1)
            out.append("\ndata: ")
        }
        let start = out.count
        try write(&out)
        let text = start..<out.count
        switch form {
        case .array: break
        case .lines: out.append("\n")
        case .events: out.append("\n\n")
        }
        count += 1
        return Self.joiningLines(out.finish(), text)
    }

    /// What follows the last message of a stream that ended well.
    func end() -> Bytes {
        switch form {
        case .array: Bytes(count == 0 ? "[]" : "]")
        case .lines: Bytes()
        case .events: Bytes("event: end\ndata: {}\n\n")
        }
    }

    /// What follows the last message of a stream that ended in a failure.
    ///
    /// - Parameter problem: The failure as one JSON text.
    func failure(_ problem: Bytes) -> Bytes {
        var out = ByteWriter(capacity: problem.count + 32)
        switch form {
        case .array: out.append(count == 0 ? #"[{"error":"# : #",{"error":"#)
        case .lines: out.append(#"{"error":"#)
        case .events: out.append("event: error\ndata: ")
        }
        out.append(problem)
        switch form {
        case .array: out.append("}]")
        case .lines: out.append("}\n")
        case .events: out.append("\n\n")
        }
        return out.finish()
    }

    /// Makes one line of the JSON text at `range`, which may have come as it is: a line's end in it stands between tokens,
    /// never in one (RFC 8259 §7).
    private static func joiningLines(_ piece: Bytes, _ range: Range<Int>) -> Bytes {
        let text = piece[range]
        if text.span.firstIndex(of: 0x0A) == nil, text.span.firstIndex(of: 0x0D) == nil { return piece }
        var out = ByteWriter(capacity: piece.count)
        for index in 0..<piece.count {
            let byte = piece[index]
            out.append(range.contains(index) && (byte == 0x0A || byte == 0x0D) ? 0x20 : byte)
        }
        return out.finish()
    }
}
