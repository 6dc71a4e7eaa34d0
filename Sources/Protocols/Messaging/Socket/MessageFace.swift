internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// The face of a call that a socket's message begins: each piece of its body is one message, each piece of the answer's
/// one, too. A failure is kept for who made the call, and never written.
final class MessageFace: FaceTranslator {
    /// nil where no contract says what the messages are.
    private let method: SocketMethod?
    /// Why the call has failed; nil while it has not.
    private(set) var failure: Failure?
    /// What has come of an answer that is one message in many pieces.
    private var body: BodyCollector
    /// Whether a service without a contract says that its answer is something, if only an empty text.
    private var hasType = false

    init(_ method: SocketMethod?, limits: RouteLimits) {
        self.method = method
        body = BodyCollector(limit: limits.messageBytes, origin: .upstream)
    }

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): parts.append(.head(head))
        case .body(let bytes):
            parts.append(.message(method.map { .encoded(bytes, by: $0.request) } ?? .opaque(bytes)))
        case .end(let trailers): parts.append(.end(trailers: trailers))
        }
    }

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head):
            hasType = method == nil && head.status != 204 && head.headers.contains(.contentType)
            wire.append(.head(head))
        case .message(let message): try answer(message, into: &wire)
        case .end(.success):
            if body.count > 0 || hasType { wire.append(.body(body.finish())) }
            wire.append(.end(trailers: nil))
        case .end(.failure(let failure)):
            self.failure = failure
            wire.append(.end(trailers: nil))
        }
    }

    private func answer(_ message: Message, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        guard let method else {
            if case .opaque(let bytes) = message { try body.append(bytes) }
            return
        }
        if case .nothing = method.operation.output { return }
        if case .encoded(let bytes, let coder) = message, coder === method.response {
            return wire.append(.body(bytes))
        }
        var text = ByteWriter(capacity: 1024)
        try message.write(by: method.response, into: &text)
        wire.append(.body(text.finish()))
    }
}

/// The face of calls that no contract is about, for routes that nobody matches.
struct MessageFactory: FaceFactory {
    let faceName = "websocket"
    let limits: RouteLimits

    func makeFace(_ context: CallContext) -> any HTTPFace { MessageFace(nil, limits: limits) }
}
