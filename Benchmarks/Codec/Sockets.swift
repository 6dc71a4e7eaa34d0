internal import Buffers
internal import WebSocket

/// A WebSocket of which one end echoes: a message is read, unmasked, validated and written again.
final class Sockets {
    private var server: WebSocketConnection
    private let frame: Bytes
    private var out = ByteWriter(capacity: 256 * 1024)

    /// - Parameter text: The message that the client sends again and again.
    init(text: String, deflate: WebSocketDeflate? = nil) {
        let pool = WebSocketPool { Array(repeating: 0x5A, count: $0) }
        server = WebSocketConnection(.server, deflate: deflate, pool: pool, at: 0)
        var client = WebSocketConnection(.client, deflate: deflate, pool: pool, at: 0)
        var out = ByteWriter()
        _ = client.send(.text(text), into: &out)
        frame = out.finish()
    }

    func echo() throws {
        var input = frame
        while let event = try server.next(&input, into: &out, at: 0) {
            guard case .message(let message) = event else { continue }
            _ = server.send(message, into: &out)
        }
        out.truncate(to: 0)
    }
}
