internal import Buffers

/// Makes messages and control frames of what one peer sends, wherever it is cut (RFC 6455 §5).
///
///     between frames → data frame → between frames (→ message)
///     between frames → control frame → between frames (→ ping, pong, close)
///     close, any error → nothing more is read: the caller sees to it
struct MessageReader: ~Copyable {
    private var frames: FrameReader
    private var message: MessageAssembler
    private var isInsideFrame = false
    /// The payload of a control frame that is cut.
    private var control = ByteWriter()

    /// - Parameter deflate: How the peer may compress; nil when it may not.
    init(
        _ role: WebSocketRole, settings: WebSocketSettings, deflate: WebSocketDeflate.Direction?,
        pool: WebSocketPool
    ) {
        frames = FrameReader(isMasked: role == .server, allowsCompression: deflate != nil)
        message = MessageAssembler(
            settings: settings,
            inflation: deflate.map { MessageInflation($0, messageBytes: settings.messageBytes, pool: pool) })
    }

    /// Reads on.
    /// - Returns: The next event, or nil when all input is consumed and more is needed.
    mutating func next(_ input: inout Bytes) throws(WebSocketError) -> WebSocketEvent? {
        while true {
            if !isInsideFrame {
                guard try frames.readHeader(&input) else { return nil }
                if !frames.header.opcode.isControl { try message.begin(frames.header) }
                isInsideFrame = true
            }
            guard frames.remaining == 0 || !input.isEmpty else { return nil }
            let isWhole = frames.remaining == frames.header.length
            let piece = frames.takePayload(&input)
            isInsideFrame = frames.remaining > 0
            if frames.header.opcode.isControl {
                if let event = try takeControl(piece, isWhole: isWhole && !isInsideFrame) { return event }
            } else if let whole = try takeData(piece, isWhole: isWhole && !isInsideFrame) {
                return .message(whole)
            }
        }
    }

    private mutating func takeData(_ piece: Bytes, isWhole: Bool) throws(WebSocketError) -> WebSocketMessage? {
        let isFinal = frames.header.isFinal
        if isFinal, isWhole, message.isSingle { return try message.takeWhole(piece, &frames) }
        let isLast = isFinal && !isInsideFrame
        try message.append(piece, &frames, isLast: isLast)
        return isLast ? try message.finish() : nil
    }

    private mutating func takeControl(_ piece: Bytes, isWhole: Bool) throws(WebSocketError) -> WebSocketEvent? {
        var payload = piece
        if !isWhole || frames.header.key != nil {
            frames.unmask(piece.span, into: &control)
            guard !isInsideFrame else { return nil }
            payload = control.finish()
        }
        switch frames.header.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        default: return .close(try WebSocketClose(payload: payload.span))
        }
    }
}
