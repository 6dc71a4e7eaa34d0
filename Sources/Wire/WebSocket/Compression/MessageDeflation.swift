internal import Buffers
internal import Compression

/// Compresses the messages for one peer (RFC 7692 §7.2.1). It has a deflater of its own only where messages refer to
/// each other, and not before the first that is compressed.
struct MessageDeflation: ~Copyable {
    private let windowBits: Int
    private let keepsContext: Bool
    private let pool: WebSocketPool
    private var deflater: MessageDeflater?

    init(_ direction: WebSocketDeflate.Direction, pool: WebSocketPool) {
        windowBits = direction.windowBits
        keepsContext = direction.keepsContext
        self.pool = pool
    }

    /// Writes `payload` compressed.
    /// - Returns: False, and nothing is written, when it would not be smaller.
    mutating func deflate(_ payload: RawSpan, into out: inout ByteWriter) -> Bool {
        guard keepsContext else {
            pool.deflater(windowBits: windowBits).deflate(payload, isLast: true, into: &out)
            guard out.count < payload.byteCount else {
                out.truncate(to: 0)
                return false
            }
            return true
        }
        let deflater = self.deflater ?? MessageDeflater(windowBits: windowBits, keepsContext: true)
        self.deflater = deflater
        // Even if it grows: the next message may refer to it, so the peer must have seen it.
        deflater.deflate(payload, isLast: true, into: &out)
        return true
    }
}
