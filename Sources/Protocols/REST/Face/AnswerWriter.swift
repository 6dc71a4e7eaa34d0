internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// The answer of one call: one message as JSON, a stream as `StreamForm` says, or bytes as they are; a failure as a
/// problem.
///
/// Nothing leaves before the first message of a stream, or the status of a single one: so a failure has its own.
struct AnswerWriter {
    private let binding: RESTBinding
    private let context: CallContext
    /// Set where the answer is a stream of JSON.
    private var stream: StreamWriter?
    private var isHead = false
    private var acceptsTrailers = false
    private var metadata = Headers()
    /// The only message, until the status is known.
    private var only: Message?
    private var hasAnswered = false

    init(_ binding: RESTBinding, _ context: CallContext) {
        self.binding = binding
        self.context = context
        if binding.rawResponse == nil, binding.unwrapped == nil, !binding.isResponseStream, !hasNoContent {
            context.answerCoder = binding.response
        }
    }

    // MARK: What the client takes

    /// - Throws: "request.not_acceptable".
    mutating func agree(with head: borrowing HTTPRequestHead) throws(Failure) {
        isHead = head.method == .head
        acceptsTrailers = HopByHop.acceptsTrailers(head.headers)
        // The service says what its bytes are.
        if binding.rawResponse != nil { return }
        if binding.isResponseStream {
            let offered = binding.stream.map { [$0] } ?? StreamForm.allCases
            stream = StreamForm.chosen(by: head.headers, among: offered).map { StreamWriter($0) }
            if stream != nil { return }
            throw notAcceptable(offered.map(\.contentType).joined(separator: ", "))
        }
        if !MediaType.acceptsJSON(head.headers) { throw notAcceptable("application/json") }
    }

    private func notAcceptable(_ types: String) -> Failure {
        Failure(
            .invalidArgument, "request.not_acceptable", "The answer is \(types).", origin: .client, httpStatus: 406)
    }

    // MARK: Parts

    mutating func write(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): metadata = head.headers
        case .message(let message):
            if binding.isResponseStream { return try append(message, into: &wire) }
            if only == nil { only = message }
        case .end(.success(let trailers)): try finish(trailers, into: &wire)
        case .end(.failure(let failure)):
            if hasAnswered { return try breakOff(failure, into: &wire) }
            hasAnswered = true
            problem(of: failure).write(into: &wire, withBody: !isHead)
        }
    }

    /// The next message of a stream.
    private mutating func append(_ message: Message, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        if hasNoContent { return }
        // Before the head: what cannot be written is a failure with its status, too.
        let content = try content(of: message)
        begin(content.type, into: &wire)
        if !isHead, !content.bytes.isEmpty { wire.append(.body(content.bytes)) }
    }

    private mutating func begin(_ type: String, into wire: inout Outbox<HTTPResponsePart>) {
        if hasAnswered { return }
        var head = head(type)
        if stream?.form == .events, !head.headers.contains(.cacheControl) {
            head.headers.append(.cacheControl, "no-cache")
        }
        head.body = .unknown
        hasAnswered = true
        wire.append(.head(head))
    }

    private mutating func finish(_ trailers: Headers?, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        if hasNoContent || !binding.isResponseStream && only == nil { return answerWithoutBody(into: &wire) }
        let trailers = accepted(trailers)
        if let only {
            let content = try content(of: only)
            var head = head(content.type)
            // Only a body whose length is not told has trailers behind it.
            head.body = trailers == nil || isHead ? .known(content.bytes.count) : .unknown
            hasAnswered = true
            wire.append(.head(head))
            if !isHead, !content.bytes.isEmpty { wire.append(.body(content.bytes)) }
        } else {
            begin(stream?.form.contentType ?? Self.bytesType, into: &wire)
            if !isHead, let end = stream?.end(), !end.isEmpty { wire.append(.body(end)) }
        }
        wire.append(.end(trailers: isHead ? nil : trailers))
    }

    // MARK: Pieces

    private static let bytesType = "application/octet-stream"

    /// Statuses that have no content, whatever the service answers (RFC 9110 §15.3.5, §15.3.6), and operations without.
    private var hasNoContent: Bool {
        if case .nothing = binding.operation.output { return true }
        return binding.successStatus == 204 || binding.successStatus == 205
    }

    /// A message as it stands in the body.
    private mutating func content(of message: Message) throws(Failure) -> RawBody.Content {
        if let raw = binding.rawResponse {
            var content = raw.content(of: try message.document()) ?? RawBody.Content()
            if content.type.isEmpty { content.type = Self.bytesType }
            return content
        }
        if var stream {
            let piece = try stream.message { out throws(Failure) in try write(message, into: &out) }
            self.stream = stream
            return RawBody.Content(type: stream.form.contentType, bytes: piece)
        }
        if binding.unwrapped == nil, case .encoded(let bytes, let coder) = message, coder === binding.response {
            return RawBody.Content(type: "application/json", bytes: bytes)
        }
        var out = ByteWriter(capacity: 2048)
        try write(message, into: &out)
        return RawBody.Content(type: "application/json", bytes: out.finish())
    }

    private func write(_ message: Message, into out: inout ByteWriter) throws(Failure) {
        if let field = binding.unwrapped {
            try binding.response.encode(member: field, of: try message.document(), into: &out)
        } else {
            try message.write(by: binding.response, into: &out)
        }
    }

    private func head(_ type: String) -> HTTPResponseHead {
        var head = HTTPResponseHead(status: binding.successStatus)
        head.headers.append(.contentType, type)
        Metadata.append(metadata, to: &head.headers)
        return head
    }

    private mutating func answerWithoutBody(into wire: inout Outbox<HTTPResponsePart>) {
        hasAnswered = true
        var head = HTTPResponseHead(status: binding.successStatus)
        Metadata.append(metadata, to: &head.headers)
        head.body = .known(0)
        wire.append(.head(head))
        wire.append(.end(trailers: nil))
    }

    /// What of `trailers` the client takes.
    private func accepted(_ trailers: Headers?) -> Headers? {
        guard acceptsTrailers, let trailers else { return nil }
        var accepted = Headers()
        Metadata.append(trailers, to: &accepted)
        return accepted.isEmpty ? nil : accepted
    }

    // MARK: Failures

    private func problem(of failure: Failure) -> Problem {
        let mapped = failure.details.lazy.compactMap { [binding] in binding.faults[$0.typeName] }.first
        let document = ProblemDocument(
            failure: failure, status: mapped ?? failure.status,
            requestID: String(decoding: context.requestID, as: UTF8.self),
            details: failure.details.map { binding.details[$0.typeName] ?? binding.untyped })
        return Problem(document: document, headers: Metadata.failurePairs(metadata))
    }

    /// Ends a stream in its middle with the failure as its last item. Lines and events end whole, since each of them says
    /// what it is; an array looks like a success to whoever counts brackets, and bytes say nothing: their connection breaks.
    private func breakOff(_ failure: Failure, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        guard let stream else { throw failure }
        if !isHead { wire.append(.body(stream.failure(problem(of: failure).document.json()))) }
        if stream.form == .array { throw failure }
        var trailers = Headers()
        for (name, value) in failure.headers { trailers.append(name, value) }
        wire.append(.end(trailers: accepted(trailers)))
    }
}
