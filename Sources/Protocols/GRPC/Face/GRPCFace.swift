internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// One operation as gRPC: enveloped messages in and out, the status in trailers.
///
/// Source: gRPC over HTTP/2.
final class GRPCFace: FaceTranslator {
    private let method: GRPCMethod
    private let context: CallContext
    private let format: PayloadFormat
    private var request: RPCRequest
    private var writer = EnvelopeWriter()
    private var hasSentHead = false
    private var hasEnded = false
    private var sent = 0

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
        if let index = headers.firstIndex(of: .grpcTimeout) {
            guard let timeout = TimeoutText.parse(headers.value(at: index)) else { throw .wrongTimeout }
            context.timeout = timeout
        }
        try request.readEncoding(at: headers.firstIndex(of: .grpcEncoding), in: headers)
        // Who compresses what it sends gets what it can read, if it says so.
        if request.encoding != .identity, let index = headers.firstIndex(of: .grpcAcceptEncoding),
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
        case .message(let message): try send(message, into: &wire)
        case .end(.success(let trailers)): succeed(trailers ?? Headers(), into: &wire)
        case .end(.failure(let failure)):
            if hasEnded { throw failure }
            refuse(failure, into: &wire)
        }
    }

    private func sendHead(_ metadata: borrowing Headers, into wire: inout Outbox<HTTPResponsePart>) {
        if hasSentHead { return }
        hasSentHead = true
        var head = responseHead
        if writer.encoding != .identity { head.headers.append(.grpcEncoding, writer.encoding.name) }
        Metadata.append(metadata, to: &head.headers)
        head.body = .unknown
        wire.append(.head(head))
    }

    private var responseHead: HTTPResponseHead {
        var head = HTTPResponseHead(status: 200)
        head.headers.append(.contentType, RPCContentType.grpc(format).text)
        return head
    }

    private func send(_ message: Message, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        sendHead(Headers(), into: &wire)
        if case .nothing = method.operation.output { return }
        let (first, second) = try writer.write(message, of: method.response, as: format)
        sent += 1
        wire.append(.body(first))
        if let second { wire.append(.body(second)) }
    }

    private func succeed(_ metadata: borrowing Headers, into wire: inout Outbox<HTTPResponsePart>) {
        sendHead(Headers(), into: &wire)
        if !method.isServerStreaming, sent == 0 { wire.append(.body(emptyMessage)) }
        var trailers = Headers()
        trailers.append(.grpcStatus, "0")
        Metadata.append(metadata, to: &trailers)
        hasEnded = true
        wire.append(.end(trailers: trailers))
    }

    /// What an operation answers that answers nothing.
    private var emptyMessage: Bytes {
        var out = ByteWriter(capacity: 8)
        out.append(envelope: 0, length: format == .json ? 2 : 0)
        if format == .json { out.append("{}") }
        return out.finish()
    }

    private func refuse(_ failure: Failure, into wire: inout Outbox<HTTPResponsePart>) {
        hasEnded = true
        if hasSentHead {
            var trailers = Headers()
            failure.append(to: &trailers, method)
            wire.append(.end(trailers: trailers))
        } else {
            hasSentHead = true
            var head = responseHead
            failure.append(to: &head.headers, method)
            if failure.reason == Failure.encodingReason {
                head.headers.append(.grpcAcceptEncoding, MessageEncoding.offered)
            }
            wire.append(.head(head))
            wire.append(.end(trailers: nil))
        }
    }
}

extension Failure {
    static var wrongTimeout: Failure {
        Failure(.invalidArgument, "grpc.timeout", "The timeout is malformed.", origin: .client)
    }
}
