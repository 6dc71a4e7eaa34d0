import WebSocket

/// What a server answers to the key of an opening handshake.
enum WebSocketProof {
    static func answer(to key: String) -> String {
        String(decoding: WebSocketKey.answer(to: Array(key.utf8)), as: UTF8.self)
    }
}
