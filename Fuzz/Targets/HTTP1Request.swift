internal import Buffers
internal import HTTP
internal import HTTP1

/// Reads `bytes` as requests, whole, cut in two and byte by byte: the same must come of it. What is read is written, and
/// what is written reads as itself.
public func fuzzHTTP1Request(_ bytes: [UInt8]) {
    let whole = RequestStory([bytes])
    let place = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % (bytes.count + 1)
    precondition(
        RequestStory([Array(bytes[..<place]), Array(bytes[place...])]).says(whole), "cut at \(place) it differs")
    if bytes.count < 2048 { precondition(RequestStory(bytes.map { [$0] }).says(whole), "byte by byte it differs") }
    guard !whole.requests.isEmpty else { return }
    let again = RequestStory([whole.written])
    precondition(again.requests == whole.requests, "what was written reads as something else")
}

/// What a reader makes of some bytes.
private struct RequestStory {
    struct Request: Equatable {
        var method: HTTPMethod
        var target: [UInt8]
        var headers: [UInt8]
        var body: [UInt8] = []
        var trailers: [UInt8] = []
    }

    /// Those that are whole.
    var requests: [Request] = []
    /// Whether a malformed one ended it. Which error it was may depend on where the bytes were cut.
    var isRefused = false
    /// Whether it ends inside a head: some of what is wrong with one shows only at its end.
    var isInsideHead = false
    /// The whole requests, written again.
    var written: [UInt8] = []

    init(_ pieces: [[UInt8]]) {
        var reader = RequestReader()
        var head = HTTPRequestHead()
        do throws(HTTP1Error) {
            var open: Request?
            var out = ByteWriter()
            var writer: BodyWriter?
            for piece in pieces {
                var input = Bytes(piece)
                while let event = try reader.next(&input, into: &head) {
                    switch event {
                    case .head:
                        open = Self.begin(head)
                        writer = try Self.write(head, into: &out)
                    case .body(let data):
                        precondition(!data.isEmpty, "an empty piece of a body")
                        open?.body += data.array
                        try writer?.write(data.span, into: &out)
                    case .end:
                        open?.trailers = Self.text(reader.trailers)
                        try writer?.finish(trailers: reader.trailers, into: &out)
                        requests.append(open.unsafelyUnwrapped)
                        written += out.finish().array
                    }
                }
                precondition(input.isEmpty, "input is left over")
            }
            isInsideHead = reader.isInsideHead
        } catch {
            isRefused = true
            precondition((400...505).contains(error.status), "not the client's fault: \(error)")
        }
    }

    /// Whether the same was read; chunks are written as they came.
    func says(_ other: RequestStory) -> Bool {
        requests == other.requests && (isRefused == other.isRefused || isInsideHead || other.isInsideHead)
    }

    private static func begin(_ head: HTTPRequestHead) -> Request {
        precondition(head.headers.count <= HTTP1Limits().fieldCount)
        // What is not written again may not make a difference.
        var headers = head.headers
        headers.remove(.connection)
        headers.remove(.upgrade)
        return Request(method: head.method, target: head.target, headers: text(headers))
    }

    private static func write(_ head: HTTPRequestHead, into out: inout ByteWriter) throws(HTTP1Error) -> BodyWriter {
        guard head.authority.isEmpty else { return try head.write(into: &out) }
        var named = head
        named.authority = Array("host".utf8)
        return try named.write(into: &out)
    }

    private static func text(_ headers: Headers) -> [UInt8] {
        var out = ByteWriter()
        headers.write(into: &out)
        return out.finish().array
    }
}
