/// Frames by hand: what a test sends, and what it reads of the answer.
enum Frames {
    static let preface: [UInt8] = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// The preface, no settings, and what we say to the server's.
    static let hello: [UInt8] = preface + settings() + settingsAck

    static func frame(_ kind: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8] = []) -> [UInt8] {
        let length = payload.count
        let head = [UInt8(length >> 16), UInt8(length >> 8 & 255), UInt8(length & 255), kind, flags]
        return head + word(stream) + payload
    }

    static func word(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    // MARK: Kinds

    static func data(_ stream: UInt32, _ bytes: [UInt8], end: Bool = false) -> [UInt8] {
        frame(0, end ? 1 : 0, stream, bytes)
    }

    static func headers(_ stream: UInt32, _ block: [UInt8], end: Bool = true, whole: Bool = true) -> [UInt8] {
        frame(1, (end ? 1 : 0) | (whole ? 4 : 0), stream, block)
    }

    static func headers(_ stream: UInt32, _ fields: [(String, String)], end: Bool = true) -> [UInt8] {
        headers(stream, block(fields), end: end)
    }

    static func continuation(_ stream: UInt32, _ block: [UInt8], whole: Bool = true) -> [UInt8] {
        frame(9, whole ? 4 : 0, stream, block)
    }

    static func priority(_ stream: UInt32, on other: UInt32, weight: UInt8 = 15) -> [UInt8] {
        frame(2, 0, stream, word(other) + [weight])
    }

    static func reset(_ stream: UInt32, _ code: UInt32 = 8) -> [UInt8] { frame(3, 0, stream, word(code)) }

    static func settings(_ entries: [(UInt16, UInt32)] = []) -> [UInt8] {
        frame(4, 0, 0, entries.flatMap { [UInt8($0.0 >> 8), UInt8($0.0 & 255)] + word($0.1) })
    }

    static let settingsAck = frame(4, 1, 0)
    static let ping = frame(6, 0, 0, "12345678".bytes)

    static func goAway(_ last: UInt32, _ code: UInt32) -> [UInt8] { frame(7, 0, 0, word(last) + word(code)) }

    static func window(_ stream: UInt32, _ increment: UInt32) -> [UInt8] { frame(8, 0, stream, word(increment)) }

    // MARK: HPACK, literals only

    static func block(_ fields: [(String, String)]) -> [UInt8] {
        fields.flatMap { literal($0.0.bytes, $0.1.bytes) }
    }

    /// A literal field; `first` says how it is indexed.
    static func literal(_ name: [UInt8], _ value: [UInt8], first: UInt8 = 0) -> [UInt8] {
        [first] + string(name) + string(value)
    }

    static func string(_ bytes: [UInt8]) -> [UInt8] { integer(bytes.count, bits: 7) + bytes }

    /// An integer with a prefix of `bits` bits, the others being `pattern`.
    static func integer(_ value: Int, bits: Int, pattern: UInt8 = 0) -> [UInt8] {
        let limit = 1 << bits - 1
        guard value >= limit else { return [pattern | UInt8(value)] }
        var bytes = [pattern | UInt8(limit)]
        var rest = value - limit
        while rest >= 128 {
            bytes.append(UInt8(rest % 128 + 128))
            rest /= 128
        }
        return bytes + [UInt8(rest)]
    }

    // MARK: Requests

    static let get = [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "localhost")]
    static let post = [(":method", "POST")] + get.dropFirst()

    static func get(_ stream: UInt32) -> [UInt8] { headers(stream, get) }

    /// A request whose body is still to come.
    static func post(_ stream: UInt32, _ fields: [(String, String)] = []) -> [UInt8] {
        headers(stream, post + fields, end: false)
    }
}

/// One frame as it was received.
struct Frame: Equatable, CustomStringConvertible {
    var kind: UInt8
    var flags: UInt8
    var stream: UInt32
    var payload: [UInt8]

    var endsStream: Bool { (kind == 0 || kind == 1) && flags & 1 != 0 }

    func word(at offset: Int) -> UInt32 {
        payload[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    var description: String { "\(kind)/\(flags)@\(stream) \(payload)" }

    /// Reads whole frames.
    static func all(in bytes: [UInt8]) -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        while rest.count >= 9 {
            let head = Array(rest.prefix(9))
            let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
            let number = head[5...8].reduce(0) { $0 << 8 | UInt32($1) }
            frames.append(
                Frame(kind: head[3], flags: head[4], stream: number, payload: Array(rest.dropFirst(9).prefix(length))))
            rest = rest.dropFirst(9 + length)
        }
        return frames
    }
}
