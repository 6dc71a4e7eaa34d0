internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// One unary operation as Connect: bare messages as bodies, or in the query of a GET; failures as JSON with a status.
///
/// Source: Connect, "Unary-Request", "Unary-Response".
final class ConnectUnaryFace: FaceTranslator {
    private let method: GRPCMethod
    private let context: CallContext
    private let format: PayloadFormat
    private let query: ConnectQuery?
    private var body: BodyCollector
    private var inflation: MessageInflation
    private var writer = EnvelopeWriter()
    private var isHead = false
    /// Kept back until the outcome is known, which is in the head.
    private var answer = HTTPResponseHead(status: 200)
    private var message: Bytes?
    private var hasEnded = false

    init(method: GRPCMethod, format: PayloadFormat, query: ConnectQuery? = nil, context: CallContext) {
        self.method = method
        self.context = context
        self.format = format
        self.query = query
        body = BodyCollector(limit: method.messageBytes, origin: .client)
        inflation = MessageInflation(limit: method.messageBytes, origin: .client)
    }

    convenience init(method: GRPCMethod, query: ConnectQuery, context: CallContext) {
        self.init(method: method, format: query.format, query: query, context: context)
    }

    // MARK: Request

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(var head):
            isHead = head.method == .head
            try read(head)
            Metadata.strip(&head.headers)
            parts.append(.head(head))
        case .body(let bytes): if query == nil { try body.append(bytes) }
        case .end:
            var bytes = query?.message ?? body.finish()
            // An empty body is no compressed one, whatever the head says.
            if inflation.encoding != .identity, !bytes.isEmpty { bytes = try inflation.inflate(bytes) }
            parts.append(.message(method.request.message(bytes, as: format)))
            parts.append(.end(trailers: nil))
        }
    }

    private func read(_ head: borrowing HTTPRequestHead) throws(Failure) {
        try ConnectHead.read(head.headers, context)
        if let query {
            inflation.encoding = query.encoding
            return
        }
        if case .known(let length) = head.body { try body.check(length) }
        guard let index = head.headers.firstIndex(of: .contentEncoding) else { return }
        guard let encoding = MessageEncoding(head.headers.value(at: index)) else { throw .unknownEncoding }
        inflation.encoding = encoding
        if encoding != .identity, let index = head.headers.firstIndex(of: .acceptEncoding),
            encoding.isListed(in: head.headers.value(at: index))
        {
            writer.encoding = encoding
        }
    }

    // MARK: Response

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): Metadata.append(head.headers, to: &answer.headers)
        case .message(let message):
            if case .nothing = method.operation.output { return }
            var out = ByteWriter(capacity: 512)
            try method.response.write(message, as: format, into: &out)
            self.message = out.finish()
        case .end(.success(let trailers)):
            succeed(trailers ?? Headers(), into: &wire)
        case .end(.failure(let failure)):
            if hasEnded { throw failure }
            refuse(failure, into: &wire)
        }
    }

    private func succeed(_ trailers: borrowing Headers, into wire: inout Outbox<HTTPResponsePart>) {
        var bytes = message ?? (format == .json ? Bytes("{}") : Bytes())
        answer.headers.append(.contentType, RPCContentType.connectUnary(format).text)
        appendTrailers(Metadata.pairs(trailers))
        if writer.encoding != .identity, bytes.count >= EnvelopeWriter.leastCompressed {
            var packed = ByteWriter(capacity: bytes.count / 2)
            writer.deflate(bytes.span, into: &packed)
            bytes = packed.finish()
            answer.headers.append(.contentEncoding, writer.encoding.name)
        }
        send(bytes, into: &wire)
    }

    private func refuse(_ failure: Failure, into wire: inout Outbox<HTTPResponsePart>) {
        var json = JSONWriter()
        ConnectError.write(failure, method, into: &json)
        answer.status = ConnectError.status(of: failure.code)
        answer.headers.append(.contentType, "application/json")
        if failure.reason == Failure.encodingReason {
            answer.headers.append(.acceptEncoding, MessageEncoding.offered)
        }
        appendTrailers(failure.headers)
        send(json.finish(), into: &wire)
    }

    /// Trailers are fields of the head, named so that a client can tell them apart.
    private func appendTrailers(_ pairs: [(name: String, value: String)]) {
        var trailers = Headers()
        Metadata.append(pairs, to: &trailers)
        for (name, value) in Metadata.pairs(trailers) { answer.headers.append("trailer-" + name, value) }
    }

    private func send(_ bytes: Bytes, into wire: inout Outbox<HTTPResponsePart>) {
        hasEnded = true
        answer.body = .known(bytes.count)
        wire.append(.head(answer))
        if !isHead, !bytes.isEmpty { wire.append(.body(bytes)) }
        wire.append(.end(trailers: nil))
    }
}
