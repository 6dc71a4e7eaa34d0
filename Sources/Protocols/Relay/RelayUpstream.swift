internal import Buffers
public import Canonical
public import Engine
public import HTTP

/// The upstream side of a pass-through route: the request goes on with the fields that a proxy owes (RFC 9110 §7.6).
public final class RelayUpstream: UpstreamTranslator {
    private let context: CallContext
    private let factory: RelayFactory

    init(context: CallContext, factory: RelayFactory) {
        self.context = context
        self.factory = factory
    }

    public func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(var head):
            ForwardedHeaders.prepare(&head, context: context)
            if factory.hasRules { factory.rules.apply(to: &head, of: context) }
            wire.append(.head(consume head))
        case .message(.opaque(let bytes)), .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .message(.decoded):
            throw Failure(.internal, "message.opaque", "A pass-through route has no format to write a document in.")
        case .end(let trailers): wire.append(.end(trailers: trailers))
        }
    }

    public func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim(var head):
            // Whether the client should send its body was answered by our own listener.
            if head.status == 100 { return }
            HopByHop.strip(&head.headers)
            parts.append(.interim(consume head))
        case .head(var head):
            HopByHop.strip(&head.headers)
            head.headers.append(.via, ForwardedHeaders.via)
            parts.append(.head(consume head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(.success(trailers: trailers)))
        }
    }
}
