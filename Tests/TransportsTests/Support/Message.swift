/// The fields of a head as text.
struct Fields {
    private let lines: [Substring]

    init(_ head: String) {
        lines = head.split(separator: "\r\n").dropFirst().map { $0 }
    }

    subscript(name: String) -> String? { all(name).first }

    func all(_ name: String) -> [String] {
        lines.compactMap { line in
            line.lowercased().hasPrefix(name + ": ") ? String(line.dropFirst(name.count + 2)) : nil
        }
    }
}

/// A body as it came.
struct Body {
    var bytes: [UInt8] = []
    var trailers = Fields("")
    /// It ended as its framing says.
    var isWhole = true

    var text: String { String(decoding: bytes, as: UTF8.self) }

    init(_ fields: Fields, untilEnd: Bool, from peer: Peer) {
        if fields["transfer-encoding"] == "chunked" {
            isWhole = readChunks(from: peer)
        } else if let length = fields["content-length"].flatMap({ Int($0) }) {
            bytes = peer.read(length)
            isWhole = bytes.count == length
        } else if untilEnd {
            bytes = Array(peer.readToEnd().utf8)
            isWhole = !peer.wasReset
        }
    }

    init() {}

    private mutating func readChunks(from peer: Peer) -> Bool {
        while let line = peer.read(through: "\r\n"), let size = Int(line.dropLast(), radix: 16) {
            if size == 0 {
                var section = "trailers\r\n"
                while let field = peer.read(through: "\r\n") {
                    if field == "\r\n" { break }
                    section += field
                }
                trailers = Fields(section)
                return true
            }
            bytes += peer.read(size)
            guard peer.read(2) == [0x0D, 0x0A] else { return false }
        }
        return false
    }
}

/// A response as a client sees it.
struct Response {
    let status: Int
    let head: String
    let fields: Fields
    let body: Body

    init?(_ head: String, isHead: Bool, from peer: Peer) {
        guard head.hasPrefix("HTTP/1.1 "), let status = Int(head.dropFirst(9).prefix(3)) else { return nil }
        self.status = status
        self.head = head
        fields = Fields(head)
        let isBodiless = isHead || status < 200 || status == 204 || status == 304
        body = isBodiless ? Body() : Body(fields, untilEnd: true, from: peer)
    }
}

/// A request as a service sees it.
struct Request {
    /// Method, target and version.
    let line: String
    let fields: Fields
    let body: Body

    init(_ head: String, from peer: Peer) {
        line = String(head.prefix { $0 != "\r\n" })
        fields = Fields(head)
        body = Body(fields, untilEnd: false, from: peer)
    }
}
