internal import Buffers
internal import HTTP
internal import HTTP2

/// Reads `bytes` as what a client sends, and as what a server sends, whole, cut in two and byte by byte: the same must come
/// of it. Then once more while answers are written between the bytes, which may change what comes of it.
public func fuzzHTTP2(_ bytes: [UInt8]) {
    let place = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % (bytes.count + 1)
    for role in [HTTP2Session.Role.server, .client] {
        let whole = HTTP2Story(role, [bytes])
        let cut = HTTP2Story(role, [Array(bytes[..<place]), Array(bytes[place...])])
        precondition(cut == whole, "cut at \(place) it differs")
        guard bytes.count < 2048 else { continue }
        precondition(HTTP2Story(role, bytes.map { [$0] }) == whole, "byte by byte it differs")
        _ = HTTP2Story(role, bytes.map { [$0] }, isTalking: true)
    }
}

/// What a session makes of some bytes and the end of the connection.
private final class HTTP2Story: HTTP2SessionHandler, Equatable {
    /// What was told of each stream, with its data all together.
    var streams: [Int32: String] = [:]
    var bodies: [Int32: [UInt8]] = [:]
    var failure: HTTP2Error?
    var rejected = 0
    var output: [UInt8] = []
    private var session: HTTP2Session?

    init(_ role: HTTP2Session.Role, _ pieces: [[UInt8]], isTalking: Bool = false) {
        var limits = HTTP2Limits()
        limits.allowsExtendedConnect = true
        let session = HTTP2Session(role, handler: self, limits: limits)
        self.session = session
        if role == .client {
            ask(session)
            write()
            output = []
        }
        for piece in pieces {
            session.receive(Bytes(piece), at: 0)
            if isTalking { write() }
        }
        write()
        session.receivedEnd()
        write()
        precondition(session.openStreams == 0 && session.queuedBytes == 0, "something is left")
        self.session = nil
    }

    /// Two requests, so that there is something to answer.
    private func ask(_ session: HTTP2Session) {
        for method in [HTTPMethod.get, .head] {
            var head = HTTPRequestHead()
            head.method = method
            head.target = [0x2F]
            head.authority = [0x61]
            _ = try? session.request(head, isSecure: false)
        }
    }

    private func write() {
        guard let session else { return }
        while session.wantsToSend {
            var writer = ByteWriter()
            let piece = session.send(into: &writer)
            output += writer.finish().array + (piece?.array ?? [])
        }
    }

    func received(_ head: inout HTTPRequestHead, on stream: HTTP2StreamID) {
        note(stream, "\(head.method) \(head.target) \(head.authority) \(head.body) \(text(head.headers))")
        precondition(head.target.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !head.authority.contains { $0 <= 0x20 })
        var answer = HTTPResponseHead(status: 200)
        answer.body = .unknown
        try? session?.respond(answer, on: stream)
    }

    func refused(_ error: HTTP2Error, on stream: HTTP2StreamID) {
        note(stream, error.reason)
        try? session?.respond(HTTPResponseHead(status: error.status), on: stream)
    }

    func receivedInterim(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID) {
        note(stream, "\(head.status) \(text(head.headers))")
    }

    func received(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID) {
        note(stream, "\(head.status) \(head.body) \(text(head.headers))")
    }

    func received(_ data: Bytes, on stream: HTTP2StreamID) {
        precondition(!data.isEmpty, "an empty piece of a body")
        bodies[stream.number, default: []] += data.array
        session?.consume(data.count, of: stream)
        try? session?.write(data, to: stream)
    }

    func receivedEnd(_ trailers: Headers?, on stream: HTTP2StreamID) {
        note(stream, "end \(trailers.map(text) ?? "")")
        try? session?.end(on: stream)
    }

    func drained(_ stream: HTTP2StreamID) {}

    func closed(_ stream: HTTP2StreamID, _ end: HTTP2StreamEnd) {
        note(stream, "\(end)")
        // How much came before the offence was seen depends on where the bytes were cut.
        if case .violated = end { bodies[stream.number] = nil }
        session?.release(stream)
    }

    func rejected(_ error: HTTP2Error) { rejected += 1 }
    func failed(_ error: HTTP2Error) { failure = error }

    private func note(_ stream: HTTP2StreamID, _ text: String) { streams[stream.number, default: ""] += text + "\n" }

    private func text(_ headers: Headers) -> String {
        var out = ByteWriter()
        headers.write(into: &out)
        return String(out.finish())
    }

    static func == (left: HTTP2Story, right: HTTP2Story) -> Bool {
        // Which error it was may depend on where the bytes were cut; the frames that say so, too.
        left.streams == right.streams && left.bodies == right.bodies && left.rejected == right.rejected
            && (left.failure == nil) == (right.failure == nil)
    }
}
