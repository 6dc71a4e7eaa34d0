internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// One call of a service behind a WebSocket, as JSON: each piece of body is one message, both ways. What stands around the
/// messages is the socket's affair.
final class SocketUpstream: UpstreamTranslator {
    private let operation: SocketOperation
    private let isShared: Bool
    private let context: CallContext
    /// Kept back until there is a message, where there is one only: what cannot be written reaches nobody.
    private var head: HTTPRequestHead?
    private var hasAnswered = false

    init(_ operation: SocketOperation, isShared: Bool, context: CallContext) {
        self.operation = operation
        self.isShared = isShared
        self.context = context
    }

    private var interaction: Interaction { operation.operation.interaction }

    // MARK: Request

    func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head):
            self.head = requestHead(head)
            if interaction.hasRequestStream { sendHead(into: &wire) }
        case .message(let message):
            if case .nothing = operation.operation.input { return }
            var text = ByteWriter(capacity: 512)
            try message.write(by: operation.request, into: &text)
            sendHead(into: &wire)
            wire.append(.body(text.finish()))
        case .end:
            sendHead(into: &wire)
            wire.append(.end(trailers: nil))
        }
    }

    private func sendHead(into wire: inout Outbox<HTTPRequestPart>) {
        guard let head = head.take() else { return }
        wire.append(.head(head))
    }

    /// The target names the operation: all of them have one address.
    private func requestHead(_ received: consuming HTTPRequestHead) -> HTTPRequestHead {
        var head = received
        if isShared {
            // What one client says does not go where others' calls go.
            head.removeAll()
        } else {
            ForwardedHeaders.prepare(&head, context: context)
            for name in Self.reserved { head.headers.remove(name) }
        }
        head.method = .get
        head.target = Array(operation.name.utf8)
        head.authority = []
        head.body = .none
        head.expectsContinue = false
        return head
    }

    /// Fields that describe the client's body and wishes, or another socket; and whose page it is, which ours is not.
    private static let reserved: [HeaderName] = [
        .accept, .acceptCharset, .acceptEncoding, .contentDisposition, .contentEncoding, .contentLanguage,
        .contentLocation, .contentRange, .contentType, .range, .ifMatch, .ifModifiedSince, .ifNoneMatch, .ifRange,
        .ifUnmodifiedSince, .origin, .soapAction, .grpcAcceptEncoding, .grpcEncoding, .grpcTimeout, .xRequestTimeout,
    ]

    // MARK: Response

    func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): parts.append(.head(head))
        case .body(let text): answer(text, into: &parts)
        case .end:
            // An answer that is not there is read as null: some types are.
            if !hasAnswered, interaction == .unary || interaction == .clientStream {
                answer(Bytes("null"), into: &parts)
            }
            parts.append(.end(.success(trailers: nil)))
        }
    }

    private func answer(_ text: Bytes, into parts: inout Outbox<ResponsePart>) {
        if case .nothing = operation.operation.output { return }
        hasAnswered = true
        parts.append(.message(.encoded(text, by: operation.response)))
    }
}

/// Makes the service's side of one operation's calls.
struct SocketUpstreamFactory: UpstreamFactory {
    private let operation: SocketOperation
    private let isShared: Bool

    init(_ operation: SocketOperation, isShared: Bool) {
        self.operation = operation
        self.isShared = isShared
    }

    func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        SocketUpstream(operation, isShared: isShared, context: context)
    }
}
