internal import Buffers
internal import HTTP
internal import HTTP1

/// Reads `bytes` as the response to a GET and to a HEAD, whole, cut in two and byte by byte: the same must come of it.
public func fuzzHTTP1Response(_ bytes: [UInt8]) {
    let place = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % (bytes.count + 1)
    for method in [HTTPMethod.get, .head] {
        let whole = ResponseStory([bytes], to: method)
        let cut = ResponseStory([Array(bytes[..<place]), Array(bytes[place...])], to: method)
        precondition(cut == whole, "cut at \(place) it differs")
        guard bytes.count < 2048 else { continue }
        precondition(ResponseStory(bytes.map { [$0] }, to: method) == whole, "byte by byte it differs")
    }
}

/// What a reader makes of some bytes and the end of the connection.
private struct ResponseStory: Equatable {
    var heads: [String] = []
    var body: [UInt8] = []
    var trailers = ""
    var isWhole = false
    /// Whether it is malformed or ends too early. Which error it was may depend on where the bytes were cut.
    var isRefused = false
    /// What belongs to no response.
    var rest: [UInt8] = []

    init(_ pieces: [[UInt8]], to method: HTTPMethod) {
        var reader = ResponseReader()
        reader.begin(method, allowsUpgrade: true)
        var head = HTTPResponseHead()
        do throws(HTTP1Error) {
            for piece in pieces {
                var input = Bytes(piece)
                while !isWhole, let event = try reader.next(&input, into: &head) { note(event, head, reader.trailers) }
                rest += input.array
            }
            if !isWhole, let event = try reader.finish() { note(event, head, reader.trailers) }
        } catch {
            isRefused = true
        }
    }

    private mutating func note(_ event: ResponseEvent, _ head: HTTPResponseHead, _ trailers: Headers) {
        switch event {
        case .informational, .switchingProtocols, .head:
            heads.append("\(head.status) \(head.body) \(Self.text(head.headers))")
        case .body(let data):
            precondition(!data.isEmpty, "an empty piece of a body")
            body += data.array
        case .end:
            self.trailers = Self.text(trailers)
            isWhole = true
        }
    }

    private static func text(_ headers: Headers) -> String {
        var out = ByteWriter()
        headers.write(into: &out)
        return String(out.finish())
    }
}
