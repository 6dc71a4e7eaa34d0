public import Buffers

/// The sending half of permessage-deflate (RFC 7692 §7.2.1): compresses messages into the payloads of their frames.
public final class MessageDeflater {
    private let deflater: Deflater
    private let keepsContext: Bool

    /// - Parameters:
    ///   - windowBits: The agreed window, 8 to 15.
    ///   - keepsContext: Whether messages may refer to those before them: no `no_context_takeover` was agreed.
    public init(windowBits: Int = 15, keepsContext: Bool, level: Int = 1) {
        deflater = Deflater(.raw(windowBits: windowBits), level: level)
        self.keepsContext = keepsContext
    }

    /// Appends the payload that `piece` of a message becomes; that of a piece which is not the last may be empty.
    public func deflate(_ piece: RawSpan, isLast: Bool, into out: inout ByteWriter) {
        let start = out.count
        deflater.deflate(piece, isLast ? .sync : .none, into: &out)
        guard isLast else { return }
        if out.count - start >= 4 {
            out.truncate(to: out.count - 4)
        } else {
            // Two flushes in a row write nothing: an empty message is an empty block (§7.2.3.6).
            out.truncate(to: start)
            out.append(0)
        }
        if !keepsContext { deflater.reset() }
    }
}
