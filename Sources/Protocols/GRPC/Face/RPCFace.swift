internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// Becomes the face that a request's head asks for.
final class RPCFace: FaceTranslator {
    private let method: GRPCMethod
    private let context: CallContext
    private var chosen: (any HTTPFace)?

    init(method: GRPCMethod, context: CallContext) {
        self.method = method
        self.context = context
    }

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        if case .head(let head) = part, chosen == nil { chosen = try choose(head) }
        try chosen?.decode(part, into: &parts)
    }

    private func choose(_ head: borrowing HTTPRequestHead) throws(Failure) -> any HTTPFace {
        let isStreaming = method.isClientStreaming || method.isServerStreaming
        if head.method == .get || head.method == .head {
            guard !isStreaming, method.operation.effect == .safe else {
                throw Failure(
                    .unimplemented, "route.method_not_allowed", "This address answers POST only.", origin: .client,
                    httpStatus: 405, headers: [("allow", "POST")])
            }
            return try ConnectUnaryFace(method: method, query: ConnectQuery(head.target), context: context)
        }
        let type = head.headers.firstIndex(of: .contentType).flatMap { RPCContentType(head.headers.value(at: $0)) }
        switch type {
        case .grpc(let format): return GRPCFace(method: method, format: format, context: context)
        case .grpcWeb(let format, let isText):
            return GRPCWebFace(method: method, format: format, isText: isText, context: context)
        case .connectStream(let format) where isStreaming:
            return ConnectStreamFace(method: method, format: format, context: context)
        case .connectUnary(let format) where !isStreaming:
            return ConnectUnaryFace(method: method, format: format, context: context)
        case .connectStream, .connectUnary, nil:
            throw Failure(
                .invalidArgument, "grpc.media_type", "The method is called with another type of body.", origin: .client,
                httpStatus: 415, headers: [("accept-post", acceptedTypes)])
        }
    }

    private var acceptedTypes: String {
        let own = method.isClientStreaming || method.isServerStreaming ? "application/connect+" : "application/"
        return "application/grpc, application/grpc-web, application/grpc-web-text, \(own)proto, \(own)json"
    }

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        if let chosen { return try chosen.encode(part, into: &wire) }
        guard case .end(.failure(let failure)) = part else { return }
        // It is none of the protocols; a status is all that its client may understand.
        var head = HTTPResponseHead(status: failure.httpStatus ?? ConnectError.status(of: failure.code))
        for (name, value) in failure.headers { head.headers.append(name, value) }
        wire.append(.head(head))
        wire.append(.end(trailers: nil))
    }
}
