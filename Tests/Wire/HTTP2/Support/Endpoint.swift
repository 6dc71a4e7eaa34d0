import Buffers
import HTTP
import HTTP2

/// One end of a connection: a session and what it was told.
final class Endpoint: HTTP2SessionHandler {
    struct Message: Equatable {
        var head = ""
        var interim: [String] = []
        var body: [UInt8] = []
        var trailers: String?
        var isWhole = false
        var end: HTTP2StreamEnd?
        var refusal: HTTP2Error?
        var pieces = 0
        var drained = 0
    }

    private(set) var session: HTTP2Session!
    var messages: [Int32: Message] = [:]
    var names: [Int32: HTTP2StreamID] = [:]
    var rejected: [HTTP2Error] = []
    var failure: HTTP2Error?
    var goAways: [HTTP2ErrorCode] = []
    var pings: [UInt64] = []
    var settingsCount = 0
    /// Consumes what it receives at once.
    var consumes = true
    /// Releases streams as soon as they are closed.
    var releases = true
    /// Called for each message that is whole; a server answers here.
    var whenWhole: ((HTTP2StreamID) -> Void)?
    var whenHead: ((HTTP2StreamID) -> Void)?
    var whenClosed: ((HTTP2StreamID, HTTP2StreamEnd) -> Void)?

    init(_ role: HTTP2Session.Role, _ limits: HTTP2Limits = HTTP2Limits()) {
        session = HTTP2Session(role, handler: self, limits: limits)
    }

    func received(_ head: inout HTTPRequestHead, on stream: HTTP2StreamID) {
        note(stream) { $0.head = describe(head) }
        whenHead?(stream)
    }

    func refused(_ error: HTTP2Error, on stream: HTTP2StreamID) {
        note(stream) { $0.refusal = error }
        try? session.respond(HTTPResponseHead(status: error.status), on: stream)
        try? session.end(on: stream)
    }

    func receivedInterim(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID) {
        note(stream) { $0.interim.append(describe(head)) }
    }

    func received(_ head: inout HTTPResponseHead, on stream: HTTP2StreamID) {
        note(stream) { $0.head = describe(head) }
        whenHead?(stream)
    }

    func received(_ data: Bytes, on stream: HTTP2StreamID) {
        note(stream) {
            $0.body += data.array
            $0.pieces += 1
        }
        if consumes { session.consume(data.count, of: stream) }
    }

    func receivedEnd(_ trailers: Headers?, on stream: HTTP2StreamID) {
        note(stream) {
            $0.trailers = trailers.map(describe)
            $0.isWhole = true
        }
        whenWhole?(stream)
    }

    func drained(_ stream: HTTP2StreamID) {
        note(stream) { $0.drained += 1 }
    }

    func closed(_ stream: HTTP2StreamID, _ end: HTTP2StreamEnd) {
        note(stream) { message in
            precondition(message.end == nil, "a stream closes once")
            message.end = end
        }
        whenClosed?(stream, end)
        if releases { session.release(stream) }
    }

    func settingsChanged() { settingsCount += 1 }
    func pingAcknowledged(_ data: UInt64) { pings.append(data) }
    func goAway(_ code: HTTP2ErrorCode) { goAways.append(code) }
    func rejected(_ error: HTTP2Error) { rejected.append(error) }
    func failed(_ error: HTTP2Error) { failure = error }

    private func note(_ stream: HTTP2StreamID, _ change: (inout Message) -> Void) {
        names[stream.number] = stream
        change(&messages[stream.number, default: Message()])
    }

    /// All that there is to send.
    func output() -> [UInt8] {
        var bytes: [UInt8] = []
        while session.wantsToSend {
            var writer = ByteWriter()
            let piece = session.send(into: &writer)
            bytes += writer.finish().array
            if let piece { bytes += piece.array }
            if writer.isEmpty, piece == nil, bytes.isEmpty { break }
        }
        return bytes
    }
}

func describe(_ head: HTTPRequestHead) -> String {
    let target = String(decoding: head.target, as: UTF8.self)
    let authority = String(decoding: head.authority, as: UTF8.self)
    let tunnel = head.connectProtocol.isEmpty ? "" : " \(String(decoding: head.connectProtocol, as: UTF8.self))"
    let expects = head.expectsContinue ? " expects" : ""
    return "\(head.method)\(tunnel) \(target) @\(authority) \(head.body)\(expects) \(describe(head.headers))"
}

func describe(_ head: HTTPResponseHead) -> String {
    "\(head.status) \(head.body) \(describe(head.headers))"
}

func describe(_ headers: Headers) -> String {
    var out = ByteWriter()
    headers.write(into: &out)
    return String(out.finish()).split(separator: "\r\n").joined(separator: "|")
}

extension HTTPRequestHead {
    init(_ method: HTTPMethod, _ target: String, body: BodyLength = .none, _ fields: [(String, String)] = []) {
        self.init()
        self.method = method
        self.target = Array(target.utf8)
        authority = Array("localhost".utf8)
        self.body = body
        for (name, value) in fields { headers.append(name, value) }
    }
}

extension HTTPResponseHead {
    init(_ status: Int, body: BodyLength = .none, _ fields: [(String, String)] = []) {
        self.init(status: status)
        self.body = body
        for (name, value) in fields { headers.append(name, value) }
    }
}
