internal import Buffers
public import Canonical
public import Engine
internal import HTTP

/// One operation as REST: a JSON body and values of the address in, a JSON body or a problem out; streams as `StreamForm`
/// says, message by message; bytes of any type where a message has an HTTP body as it is.
public final class RESTFace: FaceTranslator {
    private let context: CallContext
    private var request: RequestReader
    private var answer: AnswerWriter

    init(binding: RESTBinding, context: CallContext) {
        self.context = context
        request = RequestReader(binding, messageBytes: context.route?.limits.messageBytes ?? 1 << 20)
        answer = AnswerWriter(binding, context)
    }

    public func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head):
            try answer.agree(with: head)
            try request.begin(head, context)
            parts.append(.head(head))
        case .body(let bytes): try request.receive(bytes, into: &parts)
        case .end(let trailers):
            try request.finish(into: &parts)
            parts.append(.end(trailers: trailers))
        }
    }

    public func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        try answer.write(part, into: &wire)
    }
}

/// Makes the REST face of one operation.
public struct RESTFactory: FaceFactory {
    public let faceName = "rest"
    private let binding: RESTBinding

    public init(_ binding: RESTBinding) {
        self.binding = binding
    }

    public func makeFace(_ context: CallContext) -> any HTTPFace {
        RESTFace(binding: binding, context: context)
    }
}
