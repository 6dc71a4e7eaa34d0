internal import Buffers
internal import Compression

/// Decompresses the messages of one peer (RFC 7692 §7.2.2). It has an inflater while a message is being read, and between
/// messages only where these refer to each other.
struct MessageInflation: ~Copyable {
    private let windowBits: Int
    private let keepsContext: Bool
    private let limits: InflationLimits
    private let pool: WebSocketPool
    private var inflater: MessageInflater?

    init(_ direction: WebSocketDeflate.Direction, messageBytes: Int, pool: WebSocketPool) {
        windowBits = direction.windowBits
        keepsContext = direction.keepsContext
        // What comes out is bounded by the message; in what proportion to what went in is the sender's affair.
        limits = InflationLimits(bytes: max(messageBytes, 0), ratio: .max)
        self.pool = pool
    }

    /// Appends what `piece` of a message's payload decompresses to, unmasked by `frames`.
    mutating func inflate(
        _ piece: RawSpan, _ frames: inout FrameReader, isLast: Bool, into out: inout ByteWriter
    ) throws(WebSocketError) {
        let inflater = takeInflater()
        do throws(CompressionError) {
            if frames.header.key == nil {
                try inflater.inflate(piece, isLast: isLast, into: &out)
            } else {
                try pool.withScratch { (scratch: inout ByteWriter) throws(CompressionError) in
                    frames.unmask(piece, into: &scratch)
                    try inflater.inflate(scratch.written, isLast: isLast, into: &out)
                }
            }
        } catch {
            self.inflater = nil
            throw error == .tooLarge ? .messageTooLarge : .badCompression
        }
        guard isLast, !keepsContext else { return }
        self.inflater = nil
        pool.give(inflater)
    }

    private mutating func takeInflater() -> MessageInflater {
        if let inflater { return inflater }
        let inflater =
            keepsContext
            ? MessageInflater(windowBits: windowBits, keepsContext: true, limits: limits)
            : pool.takeInflater(limits: limits)
        self.inflater = inflater
        return inflater
    }
}
