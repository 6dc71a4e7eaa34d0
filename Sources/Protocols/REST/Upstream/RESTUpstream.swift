internal import Buffers
internal import Canonical
public import Engine
internal import HTTP

/// One call of a REST service: a message becomes an address and a body by the operation's http rule, the answer a message,
/// or many as they come.
final class RESTUpstream: UpstreamTranslator {
    private let call: RESTCall
    private let context: CallContext
    /// Kept back until there is a message: the address is in it.
    private var head: HTTPRequestHead?
    /// Where the call goes; nil before.
    private var address: CallAddress?
    private var answer: AnswerReader

    init(call: RESTCall, context: CallContext) {
        self.call = call
        self.context = context
        answer = AnswerReader(call, limit: context.route?.limits.messageBytes ?? 1 << 20)
    }

    // MARK: Request

    func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): self.head = head
        case .message(let message):
            if address == nil { return try begin(message, into: &wire) }
            guard call.operation.interaction.hasRequestStream else { return }
            try append(message, into: &wire)
        case .end:
            // A stream without messages is called as well.
            if address == nil { try begin(.encoded(Bytes("{}"), by: call.request), into: &wire, isMessage: false) }
            wire.append(.end(trailers: nil))
        }
    }

    /// - Parameter isMessage: Whether `message` is one, and does not only stand for none.
    private func begin(
        _ message: Message, into wire: inout Outbox<HTTPRequestPart>, isMessage: Bool = true
    ) throws(Failure) {
        let (request, address) = try choose(message)
        self.address = address
        answer.address = address
        wire.append(.head(requestHead(request, address)))
        guard isMessage, let body = request.body, !body.isEmpty else { return }
        wire.append(.body(body))
    }

    /// The first address that the message has the values for. A field that is not there stands for its default only where
    /// no address is meant by another value.
    private func choose(_ message: Message) throws(Failure) -> (CallAddress.Request, CallAddress) {
        if let first = call.addresses.first, first.isPlain {
            return (CallAddress.Request(target: first.plainTarget, body: try body(message)), first)
        }
        let document = try message.document()
        for address in call.addresses {
            let request = try address.request(for: document, takesDefaults: false, call.request)
            if let request { return (request, address) }
        }
        for address in call.addresses where !call.addresses.contains(where: { $0.isMissed(by: document) }) {
            let request = try address.request(for: document, takesDefaults: true, call.request)
            if let request { return (request, address) }
        }
        throw unaddressable(document)
    }

    /// The next message of a stream.
    private func append(_ message: Message, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        if let raw = address?.rawBody {
            let content = raw.content(of: try message.document())
            if let content, !content.bytes.isEmpty { wire.append(.body(content.bytes)) }
        } else {
            wire.append(.body(try body(message)))
        }
    }

    /// A message as the body, or as a line of it.
    private func body(_ message: Message) throws(Failure) -> Bytes {
        var out = ByteWriter(capacity: 512)
        try message.write(by: call.request, into: &out)
        guard call.operation.interaction.hasRequestStream else { return out.finish() }
        var writer = StreamWriter(.lines)
        let text = out.finish()
        return try writer.message { out throws(Failure) in out.append(text) }
    }

    private func unaddressable(_ message: Document) -> Failure {
        let names = call.addresses.first?.unfilled(by: message) ?? []
        return Failure(
            .invalidArgument, "rest.address", "The message has no value that fits the service's address.",
            origin: .client,
            violations: names.map { name in
                let pointer = name.split(separator: ".").reduce("") { JSONPointer.appending(String($1), to: $0) }
                return Violation(pointer: pointer, rule: "path", detail: "does not fit the service's address")
            })
    }

    private func requestHead(_ request: CallAddress.Request, _ address: CallAddress) -> HTTPRequestHead {
        var head = self.head ?? HTTPRequestHead()
        self.head = nil
        Metadata.strip(&head.headers)
        ForwardedHeaders.prepare(&head, context: context)
        head.method = address.method
        head.target = request.target
        head.authority.removeAll(keepingCapacity: true)
        head.expectsContinue = false
        head.headers.append(.accept, accepted(by: address))
        if let timeout { head.headers.append(.xRequestTimeout, RequestTimeout.text(timeout)) }
        let isStream = call.operation.interaction.hasRequestStream
        if let type = request.contentType {
            if !type.isEmpty { head.headers.append(.contentType, type) }
        } else if isStream || request.body != nil {
            head.headers.append(.contentType, isStream ? StreamForm.lines.contentType : "application/json")
        }
        if isStream {
            head.body = .unknown
        } else if let body = request.body {
            head.body = .known(body.count)
        } else {
            // A method that has a body says so where there is none (RFC 9110 §8.6).
            head.body =
                address.method == .get || address.method == .head || address.method == .delete ? .none : .known(0)
        }
        return head
    }

    private func accepted(by address: CallAddress) -> String {
        if address.rawAnswer != nil { return "*/*" }
        guard call.operation.interaction.hasResponseStream else { return "application/json" }
        return "application/x-ndjson, text/event-stream;q=0.9, application/json;q=0.8"
    }

    /// How long the service may take. A route's limit is one for an answer, not for a stream.
    private var timeout: Duration? {
        let interaction = call.operation.interaction
        if interaction.hasRequestStream || interaction.hasResponseStream { return context.timeout }
        guard let limit = context.route?.limits.timeout else { return context.timeout }
        return context.timeout.map { min($0, limit) } ?? limit
    }

    // MARK: Response

    func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head): try answer.begin(head, into: &parts)
        case .body(let bytes): try answer.receive(bytes, into: &parts)
        case .end(let trailers): try answer.finish(trailers, into: &parts)
        }
    }
}

/// Makes the REST side of one operation's calls.
public struct RESTUpstreamFactory: UpstreamFactory {
    private let call: RESTCall

    public init(_ call: RESTCall) {
        self.call = call
    }

    public func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        RESTUpstream(call: call, context: context)
    }
}
