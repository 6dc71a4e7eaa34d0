/// Why a WebSocket connection fails. The peer is told by a Close frame with `code`; then the transport is to be ended.
///
/// The raw value is the stable reason token.
public enum WebSocketError: String, Error, CaseIterable, Sendable {
    // Frames (RFC 6455 §5).
    case reservedBits = "websocket.reserved_bits"
    case unknownOpcode = "websocket.unknown_opcode"
    case unmasked = "websocket.unmasked"
    case masked = "websocket.masked"
    case badLength = "websocket.bad_length"
    case longControl = "websocket.long_control"
    case fragmentedControl = "websocket.fragmented_control"
    case unexpectedContinuation = "websocket.unexpected_continuation"
    case unfinishedMessage = "websocket.unfinished_message"

    // Closing (§7.4).
    case badClose = "websocket.bad_close"
    case badCloseCode = "websocket.bad_close_code"

    // Payloads (§8.1; RFC 7692 §7.2).
    case notText = "websocket.not_text"
    case badCompression = "websocket.bad_compression"
    case messageTooLarge = "websocket.message_too_large"
    case tooManyFragments = "websocket.too_many_fragments"
    case controlFlood = "websocket.control_flood"

    // Silence.
    case noAnswer = "websocket.no_answer"
    case noClose = "websocket.no_close"

    /// A stable token such as `websocket.not_text`.
    public var reason: String { rawValue }

    /// What the peer is told (RFC 6455 §7.4.1).
    public var code: WebSocketCloseCode {
        switch self {
        case .notText, .badCompression: .invalidPayload
        case .messageTooLarge: .messageTooLarge
        case .tooManyFragments, .controlFlood: .policyViolation
        case .noAnswer, .noClose: .timeout
        default: .protocolError
        }
    }

    /// One sentence that may be shown to the peer.
    public var message: String {
        switch self {
        case .reservedBits: "A frame has a reserved bit that no extension defines."
        case .unknownOpcode: "A frame has an unknown opcode."
        case .unmasked: "A client's frame is not masked."
        case .masked: "A server's frame is masked."
        case .badLength: "A frame's length is malformed."
        case .longControl: "A control frame is longer than 125 bytes."
        case .fragmentedControl: "A control frame is fragmented."
        case .unexpectedContinuation: "A continuation frame continues nothing."
        case .unfinishedMessage: "A message begins before the last one has ended."
        case .badClose: "A close frame is malformed."
        case .badCloseCode: "A close frame has a code that may not be sent."
        case .notText: "A text is not valid UTF-8."
        case .badCompression: "A message cannot be decompressed."
        case .messageTooLarge: "A message is larger than allowed."
        case .tooManyFragments: "A message has more fragments than allowed."
        case .controlFlood: "Too many control frames came."
        case .noAnswer: "The peer is silent."
        case .noClose: "The peer did not answer the close frame."
        }
    }
}
