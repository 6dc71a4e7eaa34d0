internal import Buffers
public import Canonical
public import Engine
internal import HTTP
internal import JSONCodec

/// One operation as REST: a JSON body and values of the address in, a JSON body or a problem out.
public final class RESTFace: FaceTranslator {
    private let binding: RESTBinding
    private let context: CallContext
    private var body: BodyCollector
    private var composer: RequestComposer?
    private var isHead = false
    private var hasAnswered = false

    init(binding: RESTBinding, context: CallContext) {
        self.binding = binding
        self.context = context
        body = BodyCollector(limit: context.route?.limits.messageBytes ?? 1 << 20, origin: .client)
    }

    // MARK: Request

    public func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head):
            isHead = head.method == .head
            try check(head)
            if !binding.mappings.isEmpty || binding.bindsQuery {
                composer = try RequestComposer(binding, head: head, context: context)
            }
            parts.append(.head(head))
        case .body(let bytes): try body.append(bytes)
        case .end(let trailers):
            let bytes = try message(body.finish())
            parts.append(.message(.encoded(bytes, by: binding.request)))
            parts.append(.end(trailers: trailers))
        }
    }

    private func check(_ head: borrowing HTTPRequestHead) throws(Failure) {
        if case .known(let length) = head.body { try body.check(length) }
        if head.body != .none, let index = head.headers.firstIndex(of: .contentType),
            !MediaType.isJSON(head.headers.value(at: index))
        {
            throw Failure(
                .invalidArgument, "request.media_type", "The body must be application/json in UTF-8.", origin: .client,
                httpStatus: 415, headers: [("accept", "application/json")])
        }
        if head.headers.contains(.contentEncoding), head.headers[.contentEncoding]?.lowercased() != "identity" {
            throw Failure(
                .invalidArgument, "request.content_encoding", "The body must not be encoded.", origin: .client,
                httpStatus: 415, headers: [("accept-encoding", "identity")])
        }
        if !acceptsJSON(head.headers) {
            throw Failure(
                .invalidArgument, "request.not_acceptable", "The answer is application/json.", origin: .client,
                httpStatus: 406)
        }
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
            if !hasAnswered { answerWithoutBody(into: &wire) }
        case .end(.failure(let failure)):
            if hasAnswered { throw failure }
            refuse(failure, into: &wire)
        }
    }

    private func answer(_ message: Message, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        if case .nothing = binding.operation.output { return }
        // Statuses that have no content, whatever the service answers (RFC 9110 §15.3.5, §15.3.6).
        if binding.successStatus == 204 || binding.successStatus == 205 { return }
        var out = ByteWriter(capacity: 2048)
        if let field = binding.unwrapped {
            try binding.response.encode(member: field, of: try message.document(), into: &out)
        } else {
            try message.write(by: binding.response, into: &out)
        }
        var head = HTTPResponseHead(status: binding.successStatus)
        head.headers.append(.contentType, "application/json")
        head.body = .known(out.count)
        hasAnswered = true
        wire.append(.head(head))
        if !isHead { wire.append(.body(out.finish())) }
        wire.append(.end(trailers: nil))
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
        let mapped = failure.details.lazy.compactMap { [binding] in binding.faults[$0.typeName] }.first
        Problem(
            failure: failure, status: mapped ?? failure.status,
            requestID: String(decoding: context.requestID, as: UTF8.self),
            details: failure.details.map { binding.details[$0.typeName] ?? binding.untyped }
        ).write(into: &wire, withBody: !isHead)
    }
}

/// Makes the REST face of one operation.
public struct RESTFactory: FaceFactory {
    private let binding: RESTBinding

    public init(_ binding: RESTBinding) {
        self.binding = binding
    }

    public func makeFace(_ context: CallContext) -> any HTTPFace {
        RESTFace(binding: binding, context: context)
    }
}
