internal import Buffers
internal import HTTP
internal import JSONCodec

/// What the admin API answers.
struct AdminAnswer: Sendable {
    var status = 200
    private var contentType = ""
    private(set) var body = Bytes()

    /// No content.
    init() {
        status = 204
    }

    init(text: String) {
        contentType = "text/plain; charset=utf-8"
        body = Bytes(text)
    }

    /// A JSON object.
    init(status: Int = 200, _ members: (inout JSONWriter) -> Void) {
        self.status = status
        contentType = "application/json"
        var json = JSONWriter()
        json.object(members)
        body = json.finish()
    }

    var head: HTTPResponseHead {
        var head = HTTPResponseHead(status: status)
        head.headers.append(.cacheControl, "no-store")
        guard status != 204 else { return head }
        head.headers.append(.contentType, contentType)
        head.body = .known(body.count)
        return head
    }
}
