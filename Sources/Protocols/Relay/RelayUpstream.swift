internal import Buffers
public import Canonical
public import Engine
public import HTTP

/// The upstream side of a pass-through route: the request goes on with the fields that a proxy owes (RFC 9110 §7.6).
public final class RelayUpstream: UpstreamTranslator {
    private let context: CallContext
    private let rules: RelayRules

    init(context: CallContext, rules: RelayRules) {
        self.context = context
        self.rules = rules
    }

    public func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(var head):
            ForwardedHeaders.prepare(&head, context: context)
            if let template = rules.path { rewrite(&head, template) }
            for (name, value) in rules.set {
                head.headers.remove(text: Array(name.utf8).span.bytes)
                head.headers.append(name, value)
            }
            for name in rules.remove { head.headers.remove(text: Array(name.utf8).span.bytes) }
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

    private func rewrite(_ head: inout HTTPRequestHead, _ template: TargetTemplate) {
        let query = head.target.firstIndex(of: 0x3F).map { Array(head.target[$0...]) } ?? []
        head.target.removeAll(keepingCapacity: true)
        template.write(path: context.path, captures: context.captures, into: &head.target)
        head.target += query
    }
}
