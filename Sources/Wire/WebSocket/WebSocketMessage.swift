public import Buffers

/// One message, whole, whatever frames it came in.
public struct WebSocketMessage: Sendable, Equatable {
    public enum Kind: Sendable {
        /// UTF-8.
        case text
        case binary

        var opcode: Opcode { self == .text ? .text : .binary }
    }

    public var kind: Kind
    public var payload: Bytes

    /// - Parameter payload: Of a text, UTF-8: it is not looked at.
    public init(_ kind: Kind, _ payload: Bytes) {
        self.kind = kind
        self.payload = payload
    }

    public static func text(_ string: String) -> WebSocketMessage { WebSocketMessage(.text, Bytes(string)) }
    public static func binary(_ bytes: Bytes) -> WebSocketMessage { WebSocketMessage(.binary, bytes) }
}

/// What came of the peer.
public enum WebSocketEvent: Sendable, Equatable {
    case message(WebSocketMessage)
    /// It was answered already.
    case ping(Bytes)
    case pong(Bytes)
    /// Both Close frames have been sent, or are about to be: the transport can be ended as soon as all is written.
    case close(WebSocketClose)
}
