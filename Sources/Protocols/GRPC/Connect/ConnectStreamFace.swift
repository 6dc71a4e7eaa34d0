internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// One streaming operation as Connect: enveloped messages in and out, the last of which says how it ended.
///
/// Source: Connect, "Streaming-Request", "Streaming-Response".
final class ConnectStreamFace: FaceTranslator {
    private let method: GRPCMethod
    private let context: CallContext
    private let format: PayloadFormat
    private var request: RPCRequest
    private var writer = EnvelopeWriter()
    private var hasSentHead = false
    private var hasEnded = false

    private static let contentEncoding = "connect-content-encoding"
    private static let acceptEncoding = "connect-accept-encoding"

    init(method: GRPCMethod, format: PayloadFormat, context: CallContext) {
        self.method = method
        self.format = format
        self.context = context
        request = RPCRequest(method, format)
    }

    // MARK: Request

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(var head):
            try read(head.headers)
            Metadata.strip(&head.headers)
            parts.append(.head(head))
        case .body(let bytes): try request.receive(bytes, into: &parts)
        case .end: try request.finish(into: &parts)
        }
    }

    private func read(_ headers: borrowing Headers) throws(Failure) {
        try ConnectHead.read(headers, context)
        let name = Array(Self.contentEncoding.utf8)
        try request.readEncoding(at: headers.firstIndex(ofText: name.span.bytes), in: headers)
        let accept = Array(Self.acceptEncoding.utf8)
        if request.encoding != .identity, let index = headers.firstIndex(ofText: accept.span.bytes),
            request.encoding.isListed(in: headers.value(at: index))
        {
            writer.encoding = request.encoding
        }
    }

    // MARK: Response

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): sendHead(head.headers, into: &wire)
        case .message(let message):
            sendHead(Headers(), into: &wire)
            if case .nothing = method.operation.output { return }
            let (first, second) = try writer.write(message, of: method.response, as: format)
            wire.append(.body(first))
            if let second { wire.append(.body(second)) }
        case .end(.success(let trailers)): end(nil, Metadata.pairs(trailers ?? Headers()), into: &wire)
        case .end(.failure(let failure)):
            if hasEnded { throw failure }
            end(failure, failure.headers, into: &wire)
        }
    }

    private func sendHead(
        _ metadata: borrowing Headers, after failure: Failure? = nil, into wire: inout Outbox<HTTPResponsePart>
    ) {
        if hasSentHead { return }
        hasSentHead = true
        var head = HTTPResponseHead(status: 200)
        head.headers.append(.contentType, RPCContentType.connectStream(format).text)
        if writer.encoding != .identity {
            head.headers.append(Self.contentEncoding, writer.encoding.name.description)
        }
        if failure?.reason == Failure.encodingReason {
            head.headers.append(Self.acceptEncoding, MessageEncoding.offered.description)
        }
        Metadata.append(metadata, to: &head.headers)
        head.body = .unknown
        wire.append(.head(head))
    }

    private func end(
        _ failure: Failure?, _ metadata: [(name: String, value: String)],
        into wire: inout Outbox<HTTPResponsePart>
    ) {
        sendHead(Headers(), after: failure, into: &wire)
        hasEnded = true
        var json = JSONWriter()
        json.object { json in
            if let failure {
                json.name("error")
                ConnectError.write(failure, method, into: &json)
            }
            if !metadata.isEmpty { write(metadata, into: &json) }
        }
        let text = json.finish()
        var out = ByteWriter(capacity: text.count + Envelope.prefixLength)
        out.append(envelope: Envelope.endOfStream, length: text.count)
        out.append(text)
        wire.append(.body(out.finish()))
        wire.append(.end(trailers: nil))
    }

    /// Each name once, with all its values.
    private func write(_ metadata: [(name: String, value: String)], into json: inout JSONWriter) {
        var names: [String] = []
        for (name, _) in metadata where !names.contains(name) { names.append(name) }
        json.member("metadata") { json in
            json.object { json in
                for name in names {
                    json.member(name) { json in
                        json.array { json in
                            for pair in metadata where pair.name == name { json.value(pair.value) }
                        }
                    }
                }
            }
        }
    }
}
