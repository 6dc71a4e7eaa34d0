import Buffers
import Engine
import HTTP
import WebSocket

/// A client at the other end of a socket: writes down what it hears.
final class PlayedClient: ClientStream {
    private let pool: WebSocketPool
    private var connection: WebSocketConnection?
    private(set) var status: Int?
    /// The body of a refusal.
    private(set) var refusal = ""
    private(set) var heard: [String] = []
    private(set) var bytes = 0
    private(set) var isPaused = false
    /// What it has to say to what it heard: pongs, and Close frames.
    private var answers = ByteWriter()
    var isWritable = true

    init(_ pool: WebSocketPool) {
        self.pool = pool
    }

    // MARK: What it hears

    func send(_ part: consuming HTTPResponsePart) {
        switch consume part {
        case .interim: break
        case .head(let head):
            status = head.status
            if head.status == 101 { connection = WebSocketConnection(.client, pool: pool, at: 0) }
        case .body(let bytes): if connection != nil { read(bytes) } else { refusal += String(bytes) }
        case .end: heard.append("end")
        }
    }

    private func read(_ received: Bytes) {
        bytes += received.count
        var input = received
        while let event = try? connection?.next(&input, into: &answers, at: 0) {
            switch event {
            case .message(let message):
                heard.append(message.kind == .text ? String(message.payload) : "\(message.payload.array)")
            case .close(let close): heard.append("close \(close.code) \(close.reason)")
            case .ping: heard.append("ping")
            case .pong: heard.append("pong")
            }
        }
    }

    /// What it has heard since it was asked last.
    func news() -> [String] {
        defer { heard = [] }
        return heard
    }

    func abort() { heard.append("abort") }
    func pauseReading() { isPaused = true }
    func resumeReading() { isPaused = false }

    // MARK: What it says

    func frame(_ message: WebSocketMessage) -> Bytes {
        var out = ByteWriter()
        let rest = connection?.send(message, into: &out)
        if let rest { out.append(rest) }
        return out.finish()
    }

    func takeAnswers() -> Bytes { answers.finish() }

    func closeFrame(_ close: WebSocketClose) -> Bytes {
        var out = ByteWriter()
        connection?.close(close, into: &out, at: 0)
        return out.finish()
    }
}
