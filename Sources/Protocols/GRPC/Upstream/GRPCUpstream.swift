internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// One call of a gRPC service: messages go out with their lengths before them, and come back until the trailers tell how
/// it ended.
///
/// Source: gRPC over HTTP/2.
final class GRPCUpstream: UpstreamTranslator {
    private let method: GRPCMethod
    private let context: CallContext
    private var writer = EnvelopeWriter()
    /// Kept back until there is a message, where there is one only: what cannot be written reaches nobody.
    private var head: HTTPRequestHead?
    private var hasSentMessage = false

    private var reader: EnvelopeReader
    private var inflation: MessageInflation
    /// The fields of an answer that is nothing but a head.
    private var trailersOnly: Headers?
    private var received = 0
    /// Kept back until the status is known, where there is one only.
    private var answer: Message?

    init(method: GRPCMethod, context: CallContext) {
        self.method = method
        self.context = context
        reader = EnvelopeReader(limit: method.messageBytes, origin: .upstream)
        inflation = MessageInflation(limit: method.messageBytes, origin: .upstream)
    }

    // MARK: Request

    func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head):
            if method.isClientStreaming { wire.append(.head(requestHead(head))) } else { self.head = head }
        case .message(let message): try send(message, into: &wire)
        case .end:
            if !method.isClientStreaming, !hasSentMessage { try sendEmpty(into: &wire) }
            wire.append(.end(trailers: nil))
        }
    }

    private func send(_ message: Message, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        if case .nothing = method.operation.input { return try sendEmpty(into: &wire) }
        guard method.isClientStreaming || !hasSentMessage else {
            throw Failure(.unimplemented, "grpc.cardinality", "The method takes one message.", origin: .client)
        }
        let (first, second) = try writer.write(message, of: method.request, as: .protobuf)
        sendHead(into: &wire)
        hasSentMessage = true
        wire.append(.body(first))
        if let second { wire.append(.body(second)) }
    }

    /// The one message of an operation that takes none.
    private func sendEmpty(into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        guard case .nothing = method.operation.input else {
            throw Failure(.unimplemented, "grpc.cardinality", "The method takes one message.", origin: .client)
        }
        if hasSentMessage { return }
        sendHead(into: &wire)
        hasSentMessage = true
        wire.append(.body(Bytes([UInt8](repeating: 0, count: Envelope.prefixLength))))
    }

    private func sendHead(into wire: inout Outbox<HTTPRequestPart>) {
        guard let head else { return }
        wire.append(.head(requestHead(head)))
        self.head = nil
    }

    private func requestHead(_ received: consuming HTTPRequestHead) -> HTTPRequestHead {
        var head = received
        ForwardedHeaders.prepare(&head, context: context)
        var headers = Headers()
        headers.append(.te, "trailers")
        headers.append(.contentType, RPCContentType.grpc(.protobuf).text)
        headers.append(.grpcAcceptEncoding, MessageEncoding.offered)
        if let timeout {
            var text = ByteWriter(capacity: 16)
            TimeoutText.write(timeout, into: &text)
            headers.append(.grpcTimeout, text.written)
        }
        Metadata.append(head.headers, to: &headers)
        head.headers = headers
        head.method = .post
        head.target.removeAll(keepingCapacity: true)
        head.target.append(contentsOf: method.path.utf8)
        head.authority.removeAll(keepingCapacity: true)
        head.expectsContinue = false
        head.body = .unknown
        return head
    }

    /// How long the service may take. A route's limit is one for an answer, not for a stream.
    private var timeout: Duration? {
        if method.isClientStreaming || method.isServerStreaming { return context.timeout }
        guard let limit = context.route?.limits.timeout else { return context.timeout }
        return context.timeout.map { min($0, limit) } ?? limit
    }

    // MARK: Response

    func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): try begin(head, into: &parts)
        case .body(let bytes): try receive(bytes, into: &parts)
        case .end(let trailers): try finish(trailersOnly ?? trailers ?? Headers(), into: &parts)
        }
    }

    private func begin(_ head: borrowing HTTPResponseHead, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        if head.headers.contains(.grpcStatus) {
            trailersOnly = head.headers
            return
        }
        try check(head)
        if let index = head.headers.firstIndex(of: .grpcEncoding) {
            guard let encoding = MessageEncoding(head.headers.value(at: index)) else {
                throw Failure(
                    .internal, "grpc.encoding", "The service compresses its messages in a way that we do not know.",
                    origin: .upstream)
            }
            inflation.encoding = encoding
        }
        var answer = HTTPResponseHead(status: 200)
        Metadata.append(head.headers, to: &answer.headers)
        parts.append(.head(answer))
    }

    private func check(_ head: borrowing HTTPResponseHead) throws(Failure) {
        guard head.status == 200 else {
            throw Failure(
                FailureCode(httpStatus: head.status), "grpc.http_status",
                "The service answered with HTTP status \(head.status).", origin: .upstream)
        }
        guard let index = head.headers.firstIndex(of: .contentType),
            case .grpc(.protobuf) = RPCContentType(head.headers.value(at: index))
        else {
            throw Failure(.unknown, "grpc.not_grpc", "The service's answer is not gRPC.", origin: .upstream)
        }
    }

    private func receive(_ bytes: Bytes, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        guard trailersOnly == nil else { return }
        reader.append(bytes)
        while let envelope = try reader.next() {
            let message = method.response.message(try inflation.open(envelope), as: .protobuf)
            received += 1
            if method.isServerStreaming {
                parts.append(.message(message))
            } else {
                guard received == 1 else { throw wrongCount }
                answer = message
            }
        }
    }

    private func finish(_ trailers: consuming Headers, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch GRPCStatus(trailers, method.statuses) {
        case nil:
            throw Failure(
                .internal, "grpc.no_status", "The service's answer ended without a status.", origin: .upstream)
        case .failure(let failure): parts.append(.end(.failure(failure)))
        case .ok:
            try reader.finish()
            if trailersOnly != nil { parts.append(.head(HTTPResponseHead(status: 200))) }
            if !method.isServerStreaming {
                guard let answer else { throw wrongCount }
                parts.append(.message(answer))
            }
            var metadata = Headers()
            Metadata.append(trailers, to: &metadata)
            parts.append(.end(.success(trailers: metadata.isEmpty ? nil : metadata)))
        }
    }

    private var wrongCount: Failure {
        Failure(
            .internal, "grpc.cardinality", "The service did not answer with one message.", origin: .upstream)
    }
}
