internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// The request side of one call: values of the address and a body in, messages out; streams message by message.
struct RequestReader: ~Copyable {
    private let binding: RESTBinding
    private let messageBytes: Int
    private var body: BodyCollector
    /// In place of `body` where the request is a stream.
    private var splitter: StreamSplitter?
    private var composer: RequestComposer?
    /// The type of a body that is no JSON.
    private var contentType = ""
    private var hasBegun = false

    init(_ binding: RESTBinding, messageBytes: Int) {
        self.binding = binding
        self.messageBytes = messageBytes
        body = BodyCollector(limit: messageBytes, origin: .client)
    }

    // MARK: The head

    mutating func begin(_ head: borrowing HTTPRequestHead, _ context: CallContext) throws(Failure) {
        try checkContent(of: head)
        if let index = head.headers.firstIndex(of: .xRequestTimeout) {
            guard let timeout = RequestTimeout.parse(head.headers.value(at: index)) else { throw Self.badTimeout }
            context.timeout = timeout
        }
        if binding.composes { composer = try RequestComposer(binding, head: head, context: context) }
    }

    /// Whether the body can be read, and how.
    private mutating func checkContent(of head: borrowing HTTPRequestHead) throws(Failure) {
        if head.headers.contains(.contentEncoding), head.headers[.contentEncoding]?.lowercased() != "identity" {
            throw Failure(
                .invalidArgument, "request.content_encoding", "The body must not be encoded.", origin: .client,
                httpStatus: 415, headers: [("accept-encoding", "identity")])
        }
        if binding.rawRequest != nil {
            contentType = head.headers[.contentType] ?? ""
        } else {
            try readForm(of: head)
        }
        if !binding.isRequestStream, case .known(let length) = head.body { try body.check(length) }
    }

    private mutating func readForm(of head: borrowing HTTPRequestHead) throws(Failure) {
        var form = StreamSplitter.Form.array
        if head.body != .none, let index = head.headers.firstIndex(of: .contentType) {
            let type = head.headers.value(at: index)
            if binding.isRequestStream, MediaRange.streamForm(of: type) == .lines {
                form = .lines
            } else if !MediaType.isJSON(type) {
                throw unreadableType()
            }
        }
        if binding.isRequestStream { splitter = StreamSplitter(form, limit: messageBytes, origin: .client) }
    }

    private func unreadableType() -> Failure {
        let types = binding.isRequestStream ? "application/json, application/x-ndjson" : "application/json"
        return Failure(
            .invalidArgument, "request.media_type", "The body must be \(types) in UTF-8.", origin: .client,
            httpStatus: 415, headers: [("accept", types)])
    }

    private static var badTimeout: Failure {
        Failure(
            .invalidArgument, "request.bad_timeout", "X-Request-Timeout must be a time such as 2.5 or 250ms.",
            origin: .client)
    }

    // MARK: The body

    mutating func receive(_ bytes: Bytes, into parts: inout Outbox<RequestPart>) throws(Failure) {
        if binding.rawRequest != nil, binding.isRequestStream { return try receive(raw: bytes, into: &parts) }
        if splitter == nil { return try body.append(bytes) }
        // Taken out, since the closure needs what is beside it.
        guard var splitter = splitter.take() else { return }
        try splitter.append(bytes) { text throws(Failure) in try receive(text: text, into: &parts) }
        self.splitter = consume splitter
    }

    mutating func finish(into parts: inout Outbox<RequestPart>) throws(Failure) {
        if binding.rawRequest != nil {
            // Who sends no byte of a stream sends its first message all the same: the path may be in it.
            if !binding.isRequestStream || !hasBegun { try receive(raw: body.finish(), into: &parts) }
        } else if var splitter = splitter.take() {
            try splitter.finish { text throws(Failure) in try receive(text: text, into: &parts) }
        } else {
            try receive(text: body.finish(), into: &parts)
        }
    }

    private func receive(text: Bytes, into parts: inout Outbox<RequestPart>) throws(Failure) {
        parts.append(.message(.encoded(try message(text), by: binding.request)))
    }

    /// The body as the reader of the input expects it.
    private func message(_ bytes: Bytes) throws(Failure) -> Bytes {
        if let composer, !composer.isEmpty { return try composer.compose(bytes) }
        // An operation whose input is an object may be called without a body when nothing in it is required.
        if bytes.isEmpty, case .message = binding.operation.input { return Bytes("{}") }
        return bytes
    }

    /// A whole body, or the next piece of a stream: what the address says and the type go with the first one.
    private mutating func receive(raw bytes: Bytes, into parts: inout Outbox<RequestPart>) throws(Failure) {
        guard let raw = binding.rawRequest else { return }
        var others: Document?
        if !hasBegun, let composer, !composer.hasNoMembers { others = try binding.request.decode(composer.object()) }
        let content = RawBody.Content(type: hasBegun ? "" : contentType, bytes: bytes)
        hasBegun = true
        parts.append(.message(.decoded(raw.message(content, beside: others))))
    }
}
