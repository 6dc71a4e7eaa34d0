internal import Buffers
internal import HTTP

/// Reads the body of one message, for both roles: cuts the data out of the input, without a copy.
struct BodyReader {
    enum Part {
        case data(Bytes)
        case end
    }

    private enum Framing {
        case none, known, chunked, untilClose
    }

    private var framing = Framing.none
    private var chunks = ChunkFraming()
    private(set) var trailers = TrailerFields()
    /// Bytes of data read so far.
    private var received = 0
    /// Bytes of data that are yet to come, where they are known.
    private var remaining = 0

    /// A body that only the end of the connection ends.
    var isUntilClose: Bool { framing == .untilClose }

    /// Whether there may be trailers, and memory that holds them.
    var mayHaveTrailers: Bool { framing == .chunked }

    init() {}

    /// - Parameter endsAtClose: An unknown length is not chunked: the connection's end is the body's (RFC 9112 §6.3).
    init(_ length: BodyLength, endsAtClose: Bool = false) {
        switch length {
        case .none: framing = .none
        case .known(let count): (framing, remaining) = (.known, count)
        case .unknown: framing = endsAtClose ? .untilClose : .chunked
        }
    }

    /// Reads on.
    /// - Returns: The next part, or nil when all input is consumed and more is needed.
    mutating func next(
        _ input: inout Bytes, pending: inout ByteWriter, maximum: Int, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Part? {
        switch framing {
        case .none: return .end
        case .known: return try nextKnown(&input, maximum: maximum)
        case .chunked: return try nextChunked(&input, pending: &pending, maximum: maximum, limits: limits)
        case .untilClose:
            guard !input.isEmpty else { return nil }
            return .data(try take(input.count, of: &input, maximum: maximum))
        }
    }

    private mutating func nextKnown(_ input: inout Bytes, maximum: Int) throws(HTTP1Error) -> Part? {
        guard received &+ remaining <= maximum else { throw .bodyTooLarge }
        guard remaining > 0 else { return .end }
        guard !input.isEmpty else { return nil }
        let count = min(remaining, input.count)
        remaining &-= count
        return .data(try take(count, of: &input, maximum: maximum))
    }

    private mutating func nextChunked(
        _ input: inout Bytes, pending: inout ByteWriter, maximum: Int, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) -> Part? {
        while true {
            if chunks.phase == .trailers {
                return try trailers.read(&input, pending: &pending, limits: limits) ? .end : nil
            }
            guard !input.isEmpty else { return nil }
            if chunks.phase == .data {
                let count = min(chunks.remaining, input.count)
                chunks.readData(count)
                return .data(try take(count, of: &input, maximum: maximum))
            }
            try readFraming(&input, maximum: maximum, limits: limits)
        }
    }

    private mutating func readFraming(
        _ input: inout Bytes, maximum: Int, limits: borrowing HTTP1Limits
    ) throws(HTTP1Error) {
        var index = 0
        while index < input.count, chunks.phase != .data, chunks.phase != .trailers {
            try chunks.step(input[index])
            index &+= 1
        }
        guard chunks.extensionBytes <= limits.chunkExtensionBytes else { throw .chunkExtensionsTooLarge }
        // Said by the size line already, so refused before the data comes.
        guard chunks.phase != .data || chunks.remaining <= maximum &- received else { throw .bodyTooLarge }
        input.removeFirst(index)
    }

    private mutating func take(_ count: Int, of input: inout Bytes, maximum: Int) throws(HTTP1Error) -> Bytes {
        guard count <= maximum &- received else { throw .bodyTooLarge }
        received &+= count
        return input.removePrefix(count)
    }
}
