internal import Buffers

/// Writes messages and control frames to one peer (RFC 6455 §5), each message in one frame.
struct MessageWriter: ~Copyable {
    /// Payloads of fewer bytes are copied behind their header.
    private static let copiedBytes = 2048

    private let isMasking: Bool
    private let pool: WebSocketPool
    private let compressedFromBytes: Int
    private var deflation: MessageDeflation?

    /// - Parameter deflate: How we may compress; nil when we may not.
    init(
        _ role: WebSocketRole, settings: WebSocketSettings, deflate: WebSocketDeflate.Direction?,
        pool: WebSocketPool
    ) {
        isMasking = role == .client
        compressedFromBytes = settings.compressedFromBytes
        deflation = deflate.map { MessageDeflation($0, pool: pool) }
        self.pool = pool
    }

    /// - Returns: What must follow `out`: the payload, where it need not be copied.
    mutating func write(_ message: WebSocketMessage, into out: inout ByteWriter) -> Bytes? {
        let payload = message.payload
        if payload.count >= compressedFromBytes, writeCompressed(message, into: &out) { return nil }
        let header = FrameHeader(message.kind.opcode, length: payload.count, key: nextKey())
        guard header.key == nil, payload.count >= Self.copiedBytes else {
            write(header, payload.span, into: &out)
            return nil
        }
        header.write(into: &out)
        return payload
    }

    func write(_ opcode: Opcode, _ payload: RawSpan, into out: inout ByteWriter) {
        write(FrameHeader(opcode, length: payload.byteCount, key: nextKey()), payload, into: &out)
    }

    private mutating func writeCompressed(_ message: WebSocketMessage, into out: inout ByteWriter) -> Bool {
        guard deflation != nil else { return false }
        return pool.withScratch { scratch in
            guard deflation?.deflate(message.payload.span, into: &scratch) == true else { return false }
            let header = FrameHeader(
                message.kind.opcode, length: scratch.count, isCompressed: true, key: nextKey())
            write(header, scratch.written, into: &out)
            return true
        }
    }

    private func write(_ header: FrameHeader, _ payload: RawSpan, into out: inout ByteWriter) {
        out.reserve(14 &+ payload.byteCount)
        header.write(into: &out)
        guard var key = header.key else { return out.append(payload) }
        out.append(payload, maskedBy: &key)
    }

    private func nextKey() -> MaskingKey? { isMasking ? pool.nextKey() : nil }
}
