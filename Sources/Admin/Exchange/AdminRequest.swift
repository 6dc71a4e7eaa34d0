internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// What a request to the admin API says: values only, so that it may go to any worker.
struct AdminRequest: Sendable {
    /// What the parameters of the route's path stand for, by their names.
    let path: [String: String]
    let query: [String: String]
    let contentType: String?
    let body: [UInt8]

    /// - Throws: `invalidArgument` where path or query cannot be read, or the operation has no such parameter.
    init(
        _ head: borrowing HTTPRequestHead, _ context: CallContext, _ body: Bytes, for operation: AdminOperation
    ) throws(Failure) {
        guard !head.headers.contains(.contentEncoding) else { throw .compressedBody }
        var path: [String: String] = [:]
        for (name, range) in zip(context.route?.match.path.captureNames ?? [], context.captures.ranges) {
            let text = Array(context.path[range])
            guard let value = QueryString.decode(text.span.bytes, plusIsSpace: false) else { throw .badEncoding }
            path[name] = value
        }
        var query: [String: String] = [:]
        let target = head.target
        if let mark = target.firstIndex(of: UInt8(ascii: "?")) {
            let text = Array(target[(mark + 1)...])
            guard let parsed = QueryString(text.span.bytes) else { throw .badEncoding }
            for (name, value) in parsed.parameters {
                guard operation.query.contains(name) else { throw .unknownParameter(name) }
                query[name] = value
            }
        }
        self.path = path
        self.query = query
        contentType = head.headers[.contentType]
        self.body = body.array
    }

    /// The path's parameter called `name`.
    subscript(name: String) -> String { path[name] ?? "" }

    /// The body as a message for sockets.
    ///
    /// - Throws: `invalidArgument` where it is said to be text and is not UTF-8.
    var message: PushedMessage {
        get throws(Failure) { try PushedMessage(body, contentType: contentType) }
    }
}
