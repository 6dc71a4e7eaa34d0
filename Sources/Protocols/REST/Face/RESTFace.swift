internal import Buffers
public import Canonical
public import Engine
internal import HTTP
internal import JSONCodec

/// One operation as REST: a JSON body and values of the address in, a JSON body or a problem out; streams as `StreamForm`
/// says, message by message.
public final class RESTFace: FaceTranslator {
    private let binding: RESTBinding
    private let context: CallContext
    private let messageBytes: Int
    private var body: BodyCollector
    /// In place of `body` where the request is a stream.
    private var splitter: StreamSplitter?
    private var composer: RequestComposer?
    /// Set where the answer is a stream.
    private var stream: StreamWriter?
    private var isHead = false
    private var hasAnswered = false

    init(binding: RESTBinding, context: CallContext) {
        self.binding = binding
        self.context = context
        messageBytes = context.route?.limits.messageBytes ?? 1 << 20
        body = BodyCollector(limit: messageBytes, origin: .client)
    }

    // MARK: Request

    public func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head):
            isHead = head.method == .head
            try checkContent(of: head)
            try agree(on: head.headers)
            if binding.composes {
                composer = try RequestComposer(binding, head: head, context: context)
            }
            parts.append(.head(head))
        case .body(let bytes):
            if splitter == nil { return try body.append(bytes) }
            try splitter?.append(bytes) { text throws(Failure) in try receive(text, into: &parts) }
        case .end(let trailers):
            if splitter == nil {
                try receive(body.finish(), into: &parts)
            } else {
                try splitter?.finish { text throws(Failure) in try receive(text, into: &parts) }
            }
            parts.append(.end(trailers: trailers))
        }
    }

    private func receive(_ text: Bytes, into parts: inout Outbox<RequestPart>) throws(Failure) {
        parts.append(.message(.encoded(try message(text), by: binding.request)))
    }

    /// Whether the body can be read, and how.
    private func checkContent(of head: borrowing HTTPRequestHead) throws(Failure) {
        var form = StreamSplitter.Form.array
        if head.body != .none, let index = head.headers.firstIndex(of: .contentType) {
            let type = head.headers.value(at: index)
            if binding.isRequestStream, MediaRange.streamForm(of: type) == .lines {
                form = .lines
            } else if !MediaType.isJSON(type) {
                throw unreadableType()
            }
        }
        if head.headers.contains(.contentEncoding), head.headers[.contentEncoding]?.lowercased() != "identity" {
            throw Failure(
                .invalidArgument, "request.content_encoding", "The body must not be encoded.", origin: .client,
                httpStatus: 415, headers: [("accept-encoding", "identity")])
        }
        if binding.isRequestStream {
            splitter = StreamSplitter(form, limit: messageBytes)
        } else if case .known(let length) = head.body {
            try body.check(length)
        }
    }

    private func unreadableType() -> Failure {
        let types = binding.isRequestStream ? "application/json, application/x-ndjson" : "application/json"
        return Failure(
            .invalidArgument, "request.media_type", "The body must be \(types) in UTF-8.", origin: .client,
            httpStatus: 415, headers: [("accept", types)])
    }

    /// Finds a form of the answer that the client takes.
    private func agree(on headers: borrowing Headers) throws(Failure) {
        if binding.isResponseStream {
            let offered = binding.stream.map { [$0] } ?? StreamForm.allCases
            stream = StreamForm.chosen(by: headers, among: offered).map { StreamWriter($0) }
            if stream != nil { return }
            throw notAcceptable(offered.map(\.contentType).joined(separator: ", "))
        }
        if !acceptsJSON(headers) { throw notAcceptable("application/json") }
    }

    private func notAcceptable(_ types: String) -> Failure {
        Failure(
            .invalidArgument, "request.not_acceptable", "The answer is \(types).", origin: .client, httpStatus: 406)
    }

    /// A list may be spread over several lines (RFC 9110 §5.3).
    private func acceptsJSON(_ headers: borrowing Headers) -> Bool {
        guard var index = headers.firstIndex(of: .accept) else { return true }
        while !MediaType.acceptsJSON(headers.value(at: index)) {
            guard let next = headers.firstIndex(of: .accept, from: index + 1) else { return false }
            index = next
        }
        return true
    }

    /// The body as the reader of the input expects it.
    private func message(_ bytes: Bytes) throws(Failure) -> Bytes {
        if let composer, !composer.isEmpty { return try composer.compose(bytes) }
        // An operation whose input is an object may be called without a body when nothing in it is required.
        if bytes.isEmpty, case .message = binding.operation.input { return Bytes("{}") }
        return bytes
    }

    // MARK: Response

    public func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim, .head: break
        case .message(let message): try answer(message, into: &wire)
        case .end(.success):
            if stream != nil { return endStream(into: &wire) }
            if !hasAnswered { answerWithoutBody(into: &wire) }
        case .end(.failure(let failure)):
            guard hasAnswered else { return refuse(failure, into: &wire) }
            try breakOff(failure, into: &wire)
        }
    }

    private func answer(_ message: Message, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        if hasNoContent { return }
        if stream != nil { return try append(message, into: &wire) }
        var out = ByteWriter(capacity: 2048)
        try write(message, into: &out)
        var head = HTTPResponseHead(status: binding.successStatus)
        head.headers.append(.contentType, "application/json")
        head.body = .known(out.count)
        hasAnswered = true
        wire.append(.head(head))
        if !isHead { wire.append(.body(out.finish())) }
        wire.append(.end(trailers: nil))
    }

    /// Statuses that have no content, whatever the service answers (RFC 9110 §15.3.5, §15.3.6), and operations without.
    private var hasNoContent: Bool {
        if case .nothing = binding.operation.output { return true }
        return binding.successStatus == 204 || binding.successStatus == 205
    }

    private func write(_ message: Message, into out: inout ByteWriter) throws(Failure) {
        if let field = binding.unwrapped {
            try binding.response.encode(member: field, of: try message.document(), into: &out)
        } else {
            try message.write(by: binding.response, into: &out)
        }
    }

    private func answerWithoutBody(into wire: inout Outbox<HTTPResponsePart>) {
        hasAnswered = true
        var head = HTTPResponseHead(status: binding.successStatus)
        head.body = .known(0)
        wire.append(.head(head))
        wire.append(.end(trailers: nil))
    }

    private func refuse(_ failure: Failure, into wire: inout Outbox<HTTPResponsePart>) {
        hasAnswered = true
        problem(of: failure).write(into: &wire, withBody: !isHead)
    }

    private func problem(of failure: Failure) -> Problem {
        let mapped = failure.details.lazy.compactMap { [binding] in binding.faults[$0.typeName] }.first
        return Problem(
            document: ProblemDocument(
                failure: failure, status: mapped ?? failure.status,
                requestID: String(decoding: context.requestID, as: UTF8.self),
                details: failure.details.map { binding.details[$0.typeName] ?? binding.untyped }))
    }

    // MARK: A stream as the answer

    /// The head waits for the first message, so that a failure before it has its status.
    private func beginStream(into wire: inout Outbox<HTTPResponsePart>) {
        guard !hasAnswered, let stream else { return }
        hasAnswered = true
        var head = HTTPResponseHead(status: binding.successStatus)
        head.headers.append(.contentType, stream.form.contentType)
        if stream.form == .events { head.headers.append(.cacheControl, "no-cache") }
        head.body = .unknown
        wire.append(.head(head))
    }

    private func append(_ message: Message, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        // Before the head: what cannot be written is a failure with its status, too.
        let piece = try stream?.message { out throws(Failure) in try write(message, into: &out) }
        beginStream(into: &wire)
        if let piece, !isHead { wire.append(.body(piece)) }
    }

    private func endStream(into wire: inout Outbox<HTTPResponsePart>) {
        guard let stream, !hasNoContent else { return answerWithoutBody(into: &wire) }
        beginStream(into: &wire)
        let end = stream.end()
        if !isHead, !end.isEmpty { wire.append(.body(end)) }
        wire.append(.end(trailers: nil))
    }

    /// Ends a stream in its middle with the failure as its last item. Lines and events end whole, since each of them says
    /// what it is; an array looks like a success to whoever counts brackets, and so its connection breaks too.
    private func breakOff(_ failure: Failure, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        guard let stream else { throw failure }
        if !isHead { wire.append(.body(stream.failure(problem(of: failure).document.json()))) }
        if stream.form == .array { throw failure }
        wire.append(.end(trailers: nil))
    }
}

/// Makes the REST face of one operation.
public struct RESTFactory: FaceFactory {
    public let faceName = "rest"
    private let binding: RESTBinding

    public init(_ binding: RESTBinding) {
        self.binding = binding
    }

    public func makeFace(_ context: CallContext) -> any HTTPFace {
        RESTFace(binding: binding, context: context)
    }
}
