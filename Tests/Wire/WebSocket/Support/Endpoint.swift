import Buffers
import WebSocket

/// One end of a connection, with what it wrote and what it said.
final class Endpoint {
    var connection: WebSocketConnection
    let role: WebSocketRole
    var events: [WebSocketEvent] = []
    var error: WebSocketError?
    /// What was written and not taken yet.
    private var output: [UInt8] = []
    var now: Int64 = 0
    var isOpen: Bool { connection.isOpen }
    var isClosed: Bool { connection.isClosed }
    var deadline: Int64 { connection.deadline }

    /// Sends every message back.
    var echoes = false

    init(
        _ role: WebSocketRole, deflate: WebSocketDeflate? = nil, settings: WebSocketSettings = WebSocketSettings(),
        pool: WebSocketPool = .forTests()
    ) {
        self.role = role
        connection = WebSocketConnection(role, deflate: deflate, settings: settings, pool: pool, at: 0)
    }

    /// Reads all that is in `pieces`.
    func receive(_ pieces: [UInt8]...) {
        for piece in pieces { receive(Bytes(piece)) }
    }

    func receive(_ bytes: Bytes) {
        var input = bytes
        var out = ByteWriter()
        do throws(WebSocketError) {
            while let event = try connection.next(&input, into: &out, at: now) {
                events.append(event)
                if echoes, case .message(let message) = event {
                    flush(&out)
                    let rest = connection.send(message, into: &out)
                    flush(&out, rest)
                }
            }
            precondition(input.isEmpty, "input is left over")
        } catch {
            self.error = error
            connection.fail(error, into: &out)
        }
        flush(&out)
    }

    func send(_ message: WebSocketMessage) {
        var out = ByteWriter()
        let rest = connection.send(message, into: &out)
        flush(&out, rest)
    }

    /// Whatever else the connection writes.
    func write(_ body: (inout WebSocketConnection, inout ByteWriter) throws(WebSocketError) -> Void) {
        var out = ByteWriter()
        do throws(WebSocketError) { try body(&connection, &out) } catch { self.error = error }
        flush(&out)
    }

    func close(_ code: WebSocketCloseCode, _ reason: String) {
        write { (connection, out) in connection.close(WebSocketClose(code, reason), into: &out, at: now) }
    }

    func expire(at time: Int64) {
        write { (connection, out) throws(WebSocketError) in try connection.expire(at: time, into: &out) }
    }

    func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// What was written, as frames.
    func takeFrames() -> [Frame]? { Frame.all(in: takeOutput(), areMasked: role == .client) }

    private func flush(_ out: inout ByteWriter, _ rest: Bytes? = nil) {
        output += out.finish().array + (rest?.array ?? [])
    }
}

extension WebSocketPool {
    /// One whose keys mask nothing.
    static func withoutMasks() -> WebSocketPool { WebSocketPool { Array(repeating: 0, count: $0) } }

    /// One whose masking keys are known.
    static func forTests() -> WebSocketPool { WebSocketPool { _ in keys } }

    private static let keys: [UInt8] = {
        var generator = Seeded(state: 1)
        return (0..<1024).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }()
}

/// A generator with a known seed (SplitMix64), so that a failure can be seen again.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
