/// The key of an opening handshake, which shows that both sides mean a WebSocket (RFC 6455 §1.3).
public struct WebSocketKey: Sendable {
    /// What the client sends.
    public let text: [UInt8]

    /// - Parameter nonce: 16 random bytes.
    public init(nonce: [UInt8]) {
        text = Base64.encode(nonce)
    }

    /// What the server must answer.
    public var answer: [UInt8] { Self.answer(to: text) }

    /// What a server must answer to the key `text`.
    public static func answer(to text: [UInt8]) -> [UInt8] { AcceptKey.answer(to: text) }
}
