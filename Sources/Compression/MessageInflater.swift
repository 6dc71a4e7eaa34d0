public import Buffers

/// The receiving half of permessage-deflate (RFC 7692 §7.2.2): decompresses messages from the payloads of their frames.
public final class MessageInflater {
    private let inflater: Inflater
    private let keepsContext: Bool
    private static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

    /// - Parameters:
    ///   - windowBits: The agreed window, 8 to 15.
    ///   - keepsContext: Whether messages may refer to those before them: no `no_context_takeover` was agreed.
    ///   - limits: Those of each message.
    public init(windowBits: Int = 15, keepsContext: Bool, limits: InflationLimits) {
        inflater = Inflater(.raw(windowBits: windowBits), limits: limits)
        self.keepsContext = keepsContext
    }

    /// Sets the limits of the next message, for an inflater that serves several connections.
    public func begin(limits: InflationLimits) {
        inflater.startMessage(limits: limits)
    }

    /// Appends what `piece` of a message's payload decompresses to.
    ///
    /// - Throws: As `Inflater.inflate`, and `truncated` when the last piece ends inside a block. The connection must end
    ///   then: the window is lost.
    public func inflate(_ piece: RawSpan, isLast: Bool, into out: inout ByteWriter) throws(CompressionError) {
        try inflater.inflate(piece, into: &out)
        guard isLast else { return }
        // Behind a last block nothing is due, though most put an empty one there (§7.2.3.4).
        if !inflater.isAtEnd { try inflater.inflate(Self.tail.span.bytes, into: &out) }
        guard inflater.isAtEnd || inflater.isBetweenBlocks else { throw .truncated }
        if keepsContext { inflater.startMessage() } else { inflater.reset() }
    }
}
