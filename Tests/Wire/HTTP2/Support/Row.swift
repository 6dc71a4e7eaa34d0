import Buffers
import HTTP
import HTTP2

/// One line of a table of what may be sent to a server, and what must come of it.
struct Row: Sendable {
    enum Outcome: Equatable, Sendable {
        /// GOAWAY with this code.
        case connection(HTTP2ErrorCode)
        /// RST_STREAM with this code, on any stream.
        case stream(HTTP2ErrorCode)
        /// A response with this status.
        case answer(Int)
        /// Nothing happens: the connection serves on.
        case ignored
    }

    var name: String
    var bytes: [UInt8]
    var outcome: Outcome
    /// Does not begin with the preface.
    var isRaw = false

    init(_ name: String, _ outcome: Outcome, _ frames: [UInt8]...) {
        self.name = name
        self.outcome = outcome
        bytes = Frames.hello + frames.flatMap { $0 }
    }

    init(raw name: String, _ outcome: Outcome, _ frames: [UInt8]...) {
        self.init(name, outcome)
        bytes = frames.flatMap { $0 }
        isRaw = true
    }

    /// What a server made of some bytes.
    struct Result: Equatable, CustomStringConvertible {
        var goAway: HTTP2ErrorCode?
        var resets: [HTTP2ErrorCode] = []
        var statuses: [Int] = []
        var heads: [String] = []
        var isAlive = false

        func matches(_ outcome: Outcome) -> Bool {
            switch outcome {
            case .connection(let code): goAway == code && !isAlive
            case .stream(let code): goAway == nil && resets.contains(code) && isAlive
            case .answer(let status): goAway == nil && statuses.contains(status) && isAlive
            case .ignored: goAway == nil && resets.isEmpty && isAlive
            }
        }

        var description: String {
            "goaway \(goAway?.description ?? "-"), resets \(resets), statuses \(statuses), heads \(heads), alive \(isAlive)"
        }
    }

    /// Gives the bytes, cut as `pieces` says, to a server that answers 200 to every request, and asks for a PING's answer.
    static func run(_ pieces: [ArraySlice<UInt8>], _ limits: HTTP2Limits = HTTP2Limits()) -> Result {
        let server = Endpoint(.server, limits)
        server.consumes = false
        var result = Result()
        server.whenWhole = { [unowned server] stream in
            result.statuses.append(200)
            try? server.session.respond(HTTPResponseHead(200, body: .known(2)), on: stream)
            try? server.session.write(Bytes("ok"), to: stream)
            try? server.session.end(on: stream)
        }
        var output: [UInt8] = []
        for piece in pieces {
            server.session.receive(Bytes(Array(piece)), at: 0)
            output += server.output()
        }
        let ping = Frames.frame(6, 0, 0, "are you?".bytes)
        server.session.receive(Bytes(ping), at: 0)
        output += server.output()
        for frame in Frame.all(in: output) {
            if frame.kind == 7 { result.goAway = HTTP2ErrorCode(rawValue: frame.word(at: 4)) }
            if frame.kind == 3 { result.resets.append(HTTP2ErrorCode(rawValue: frame.word(at: 0))) }
            if frame.kind == 6, frame.flags == 1, frame.payload == "are you?".bytes { result.isAlive = true }
        }
        for (_, message) in server.messages.sorted(by: { $0.key < $1.key }) {
            if !message.head.isEmpty { result.heads.append(message.head) }
            if let refusal = message.refusal { result.statuses.append(refusal.status) }
        }
        return result
    }

    func run(_ limits: HTTP2Limits = HTTP2Limits()) -> Result { Self.run([bytes[...]], limits) }

    /// The same, in two pieces, cut everywhere (in long rows, in some places), and byte by byte.
    func runCut() -> [Result] {
        let step = bytes.count < 1500 ? 1 : bytes.count / 7
        // What all rows begin with is cut by those that are about it.
        let start = isRaw ? 0 : Frames.hello.count
        let places = (start..<bytes.count).filter { $0 % step == 0 || step > 1 && $0 < start + 50 }
        let singles = bytes.count < 20_000 ? [Self.run(bytes.indices.map { bytes[$0...$0] })] : []
        return places.map { Self.run([bytes[..<$0], bytes[$0...]]) } + singles
    }
}

/// Rows one below the other. An array of them is more than the compiler types in reasonable time.
@resultBuilder enum Rows {
    static func buildBlock(_ rows: Row...) -> [Row] { rows }
}
