internal import Buffers
public import Canonical
public import Engine
public import HTTP

/// A face that understands nothing: HTTP in is HTTP out, bytes are what they were.
public final class RelayFace: FaceTranslator {
    private let context: CallContext
    private let factory: RelayFactory
    private var hasSentHead = false

    init(context: CallContext, factory: RelayFactory) {
        self.context = context
        self.factory = factory
    }

    public func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): parts.append(.head(consume head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(trailers: trailers))
        }
    }

    public func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim(let head): wire.append(.interim(head))
        case .head(var head):
            hasSentHead = true
            if factory.hasRules { factory.rules.apply(to: &head) }
            wire.append(.head(consume head))
        case .message(.opaque(let bytes)), .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .message(.decoded):
            throw Failure(.internal, "message.opaque", "A pass-through route has no format to write a document in.")
        case .end(.success(let trailers)): wire.append(.end(trailers: trailers))
        case .end(.failure(let failure)):
            // Half a response cannot become a failure: the client must see that it breaks off.
            if hasSentHead { throw failure }
            factory.failures.render(failure, requestID: String(decoding: context.requestID, as: UTF8.self), into: &wire)
        }
    }
}
