internal import Buffers
public import Canonical
public import Engine
internal import HTTP
internal import XMLCodec

/// One call to a SOAP service over HTTP: the message goes into an envelope, the answer or the fault comes out of one.
public final class SOAPUpstream: UpstreamTranslator {
    private let call: SOAPCall
    private let context: CallContext
    private var head: HTTPRequestHead?
    private var answer: HTTPResponseHead?
    private var body: BodyCollector

    init(call: SOAPCall, context: CallContext) {
        self.call = call
        self.context = context
        body = BodyCollector(limit: context.route?.limits.messageBytes ?? 1 << 20, origin: .upstream)
    }

    // MARK: Request

    public func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): self.head = head
        case .message(let message):
            let document = try message.document()
            var out = ByteWriter(capacity: 1024)
            try call.writeEnvelope(document, into: &out)
            wire.append(.head(requestHead(length: out.count)))
            wire.append(.body(out.finish()))
        case .end: wire.append(.end(trailers: nil))
        }
    }

    private func requestHead(length: Int) -> HTTPRequestHead {
        var head = self.head ?? HTTPRequestHead()
        self.head = nil
        ForwardedHeaders.prepare(&head, context: context)
        for name in Self.representation { head.headers.remove(name) }
        head.method = .post
        head.expectsContinue = false
        // The service answers all operations at its one address.
        head.target.removeAll(keepingCapacity: true)
        head.authority.removeAll(keepingCapacity: true)
        head.headers.append(.contentType, call.contentType)
        head.headers.append(.accept, call.version == .v11 ? "text/xml" : "application/soap+xml")
        if let action = call.action { head.headers.append(.soapAction, action) }
        head.body = .known(length)
        return head
    }

    /// Fields that describe the client's body and wishes, not the envelope.
    private static let representation: [HeaderName] = [
        .accept, .acceptCharset, .acceptEncoding, .contentType, .contentEncoding, .contentLanguage, .contentLocation,
        .contentDisposition, .range, .ifMatch, .ifNoneMatch, .ifModifiedSince, .ifUnmodifiedSince, .ifRange,
        .soapAction,
        .origin, .referer, .cookie,
    ]

    // MARK: Response

    public func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim: break
        case .head(let head):
            if case .known(let length) = head.body { try body.check(length) }
            answer = head
        case .body(let bytes): try body.append(bytes)
        case .end:
            guard let answer else { return }
            try finish(answer, into: &parts)
        }
    }

    private func finish(_ head: HTTPResponseHead, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        let bytes = body.finish()
        let isSuccess = (200..<300).contains(head.status)
        let message: Message?
        switch try answer(bytes, SOAPContentType(head.headers), isSuccess: isSuccess) {
        case .fault(let failure): throw failure
        case .message where !isSuccess: throw failure(of: head)
        case nil: throw isSuccess ? notSOAP : failure(of: head)
        case .message(let answer): message = answer
        }
        parts.append(.head(HTTPResponseHead(status: head.status)))
        if let message { parts.append(.message(message)) }
        parts.append(.end(.success(trailers: nil)))
    }

    /// What the body says; nil when it is no envelope and stands for nothing.
    private func answer(
        _ bytes: Bytes, _ type: SOAPContentType, isSuccess: Bool
    ) throws(Failure) -> SOAPAnswer? {
        guard type.isXML, !bytes.isEmpty else {
            return bytes.isEmpty || !call.response.isExpected ? call.emptyAnswer : nil
        }
        do {
            return try call.readEnvelope(
                bytes, charset: type.charset, requestID: context.requestID, as: context.answerCoder)
        } catch {
            // An error page that merely looks like XML.
            if !isSuccess { return nil }
            // Nobody waits for what a one-way operation answers.
            if !call.response.isExpected { return .message(nil) }
            throw error
        }
    }

    private var notSOAP: Failure {
        Failure(
            .internal, "soap.not_xml", "The service's answer is not a SOAP message.", origin: .upstream, httpStatus: 502
        )
    }

    /// What an answer without an envelope means by its head alone.
    private func failure(of head: HTTPResponseHead) -> Failure {
        let code: FailureCode =
            switch head.status {
            case 401: .unauthenticated
            case 403: .permissionDenied
            case 404: .notFound
            case 503: .unavailable
            default: .internal
            }
        return Failure(
            code, "upstream.status", "The service answered with status \(head.status).", origin: .upstream,
            httpStatus: code == .internal ? 502 : head.status,
            headers: code == .unauthenticated ? challenges(of: head.headers) : [])
    }

    /// The client's own credentials went to the service, and so what it asks for is for the client.
    private func challenges(of headers: borrowing Headers) -> [(name: String, value: String)] {
        var challenges: [(name: String, value: String)] = []
        var index = headers.firstIndex(of: .wwwAuthenticate)
        while let found = index {
            challenges.append(("www-authenticate", String(decoding: headers.value(at: found))))
            index = headers.firstIndex(of: .wwwAuthenticate, from: found + 1)
        }
        return challenges
    }
}

/// Makes the SOAP side of one operation's calls.
public struct SOAPFactory: UpstreamFactory {
    private let call: SOAPCall

    public init(_ call: SOAPCall) {
        self.call = call
    }

    public func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        SOAPUpstream(call: call, context: context)
    }
}
