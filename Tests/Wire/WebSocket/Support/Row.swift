import WebSocket

/// One line of a table of what may be sent to an end that echoes, and what must come of it.
struct Row: Sendable, CustomStringConvertible {
    /// Something that the peer sends.
    enum Piece: Sendable {
        case frame(Frame)
        /// A frame with its length said in another form.
        case form(Frame, Frame.LengthForm)
        /// A frame of which so many bytes of the payload come.
        case cut(Frame, Int)
        /// A frame that is masked where it must not be, or the reverse.
        case wronglyMasked(Frame)
    }

    var name: String
    var pieces: [Piece]
    /// What is sent back before the Close frame.
    var answer: [Frame]
    /// The code of the Close frame that ends it, 1005 for none in it; nil when the connection stays open.
    var code: Int?
    /// Whether the peer did something wrong.
    var isRefused = false
    var settings = WebSocketSettings()
    var roles = [WebSocketRole.server, .client]
    /// As large ones are masked by zeros.
    var key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    /// Comes in pieces of so many bytes besides.
    var pieceBytes: Int?

    /// All is well and answered; the peer closes at last.
    static func good(_ name: String, _ sent: [Frame], _ answer: [Frame]) -> Row {
        Row(name: name, pieces: (sent + [.close(1000)]).map { .frame($0) }, answer: answer, code: 1000)
    }

    /// Closed as the last frame says, or the last of the frames that count.
    static func closed(_ name: String, _ sent: [Frame], _ answer: [Frame] = [], code: Int) -> Row {
        Row(name: name, pieces: sent.map { .frame($0) }, answer: answer, code: code)
    }

    /// The last frame that counts is wrong. What stands behind it is not answered.
    static func bad(_ name: String, _ sent: [Frame], _ answer: [Frame] = [], code: Int = 1002) -> Row {
        bad(name, pieces: sent.map { .frame($0) }, answer, code: code)
    }

    static func bad(_ name: String, pieces: [Piece], _ answer: [Frame] = [], code: Int = 1002) -> Row {
        Row(name: name, pieces: pieces, answer: answer, code: code, isRefused: true)
    }

    func with(_ change: (inout WebSocketSettings) -> Void) -> Row {
        var row = self
        change(&row.settings)
        return row
    }

    /// For what is large: masked by zeros, which costs nothing here.
    var large: Row {
        var row = with { $0.messageBytes = 16 << 20 }
        row.key = [0, 0, 0, 0]
        return row
    }

    var description: String { name }

    // MARK: Running

    func bytes(for role: WebSocketRole) -> [UInt8] {
        let key = role == .server ? key : nil
        return pieces.flatMap { piece in
            switch piece {
            case .frame(let frame): frame.bytes(key: key)
            case .form(let frame, let form): frame.bytes(key: key, form)
            case .cut(let frame, let count): Array(frame.bytes(key: key).dropLast(frame.payload.count - count))
            case .wronglyMasked(let frame): frame.bytes(key: key == nil ? self.key : nil)
            }
        }
    }

    /// What is wrong when the bytes come in `pieces`; nil when all is as it must be.
    func complaint(_ role: WebSocketRole, _ pieces: [ArraySlice<UInt8>]) -> String? {
        let isPlain = key == [0, 0, 0, 0]
        let end = Endpoint(role, settings: settings, pool: isPlain ? .withoutMasks() : .forTests())
        end.echoes = true
        for piece in pieces { end.receive(Array(piece)) }
        guard var frames = end.takeFrames() else { return "what it wrote is malformed" }
        guard (end.error != nil) == isRefused else { return "error \(end.error?.reason ?? "none")" }
        guard end.isClosed == (code != nil) else { return "closed: \(end.isClosed)" }
        if let code {
            guard let last = frames.popLast(), last.opcode == 8 else { return "no Close frame ends it" }
            let said = last.payload.count < 2 ? 1005 : Int(last.payload[0]) << 8 | Int(last.payload[1])
            guard said == code else { return "code \(said), not \(code)" }
        }
        guard frames == answer else { return "\(frames.map { ($0.opcode, $0.payload.count) }), not the answer" }
        return nil
    }

    /// The first complaint about all ways to cut the bytes: whole, in two (of long ones, in some places), byte by byte.
    func complaint() -> String? {
        for role in roles {
            let bytes = bytes(for: role)
            if let complaint = complaint(role, [bytes[...]]) { return "\(role), whole: \(complaint)" }
            if let pieceBytes {
                let places = stride(from: 0, to: bytes.count, by: pieceBytes)
                let pieces = places.map { bytes[$0..<min($0 + pieceBytes, bytes.count)] }
                if let complaint = complaint(role, pieces) { return "\(role), in pieces: \(complaint)" }
            }
            guard bytes.count < 2 << 20 else { continue }
            let step = bytes.count < 600 ? 1 : bytes.count / (bytes.count < 1 << 17 ? 7 : 2)
            for place in stride(from: 1, to: bytes.count, by: step) {
                if let complaint = complaint(role, [bytes[..<place], bytes[place...]]) {
                    return "\(role), cut at \(place): \(complaint)"
                }
            }
            guard bytes.count < 3000 else { continue }
            if let complaint = complaint(role, bytes.indices.map { bytes[$0...$0] }) {
                return "\(role), byte by byte: \(complaint)"
            }
        }
        return nil
    }
}

/// Rows one below the other. An array of them is more than the compiler types in reasonable time.
@resultBuilder enum Rows {
    static func buildExpression(_ row: Row) -> [Row] { [row] }
    static func buildExpression(_ rows: [Row]) -> [Row] { rows }
    static func buildBlock(_ rows: [Row]...) -> [Row] { rows.flatMap { $0 } }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
}
