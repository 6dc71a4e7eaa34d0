internal import Buffers
internal import Canonical
internal import XMLCodec

/// Walks one response envelope.
struct EnvelopeReader: ~Copyable {
    typealias Answer = Result<SOAPAnswer, Failure>

    let call: SOAPCall
    let source: Bytes
    private let requestID: [UInt8]
    /// What the message is to be written by, if it can be without a document.
    private let coder: (any MessageCoder)?
    var xml: XMLTokenizer
    private var envelope = NamespaceID.none

    init(call: SOAPCall, source: Bytes, requestID: [UInt8], coder: (any MessageCoder)?) {
        self.call = call
        self.source = source
        self.requestID = requestID
        self.coder = coder
        xml = XMLTokenizer(source, namespaces: call.plan.xml.namespaces, limits: call.plan.options.limits)
    }

    mutating func read() throws(XMLError) -> Answer {
        let answer = try readEnvelope()
        guard case .members(let root) = call.response, case .success(.message) = answer else { return answer }
        // No fault and well-formed: the body itself is what is read.
        xml.reset(to: source)
        while true {
            guard case .startElement = try xml.next(), xml.depth == 2, xml.isElement(envelope, "Body") else { continue }
            return try decode(root)
        }
    }

    private mutating func readEnvelope() throws(XMLError) -> Answer {
        guard case .startElement = try xml.next(), xml.localName.equals("Envelope"),
            xml.namespace == call.plan.envelope11 || xml.namespace == call.plan.envelope12
        else { return unexpected("soap.not_an_envelope", "is not a SOAP envelope") }
        envelope = xml.namespace
        var answer: Answer?
        while true {
            switch try xml.next() {
            case .startElement where xml.isElement(envelope, "Header"):
                if let refusal = try readHeader() { return refusal }
            case .startElement where answer == nil && xml.isElement(envelope, "Body"):
                let body = try readBody()
                if case .failure = body { return body }
                answer = body
            case .startElement: _ = try xml.skipElement()
            case .text: break
            case .endElement, .end:
                // The end of the envelope; what follows must still be well-formed.
                _ = try xml.next()
                return answer ?? unexpected("soap.no_body", "has no body")
            }
        }
    }

    // MARK: Header

    /// The gateway is the ultimate receiver: a header that it must understand and does not is an error.
    private mutating func readHeader() throws(XMLError) -> Answer? {
        while true {
            switch try xml.next() {
            case .startElement:
                if mustUnderstand, !isKnownHeader {
                    return unexpected("soap.header_not_understood", "has a header that must be understood and is not")
                }
                _ = try xml.skipElement()
            case .text: break
            case .endElement, .end: return nil
            }
        }
    }

    /// Whether the header asks for it (SOAP 1.1 §4.2.3, SOAP 1.2 part 1 §5.2.3), and asks us (§4.2.2, §5.2.2).
    private var mustUnderstand: Bool {
        guard let index = xml.attributeIndex(envelope, "mustUnderstand"), xml.isTrue(index) else { return false }
        let actor = xml.attributeIndex(envelope, envelope == call.plan.envelope11 ? "actor" : "role")
        guard let actor else { return true }
        let name = xml.attributeValue(actor).trimmingOptionalWhitespace()
        return name.byteCount == 0 || name.equals("http://schemas.xmlsoap.org/soap/actor/next")
            || name.equals("http://www.w3.org/2003/05/soap-envelope/role/next")
            || name.equals("http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver")
    }

    private var isKnownHeader: Bool {
        for header in call.headers where header.matches(xml) { return true }
        return false
    }

    // MARK: Body

    private mutating func readBody() throws(XMLError) -> Answer {
        var answer: Answer?
        while true {
            switch try xml.next() {
            case .startElement where xml.isElement(envelope, "Fault"): return .success(.fault(try readFault()))
            case .startElement where answer == nil:
                let message = try readMessage()
                if case .failure = message { return message }
                answer = message
            case .startElement: _ = try xml.skipElement()
            case .text: break
            case .endElement, .end:
                if let answer { return answer }
                return call.emptyAnswer.map { .success($0) } ?? unexpected("soap.empty_body", "has an empty body")
            }
        }
    }

    private mutating func readMessage() throws(XMLError) -> Answer {
        guard case .element(let root) = call.response else {
            // A one-way operation: what comes back means nothing (WS-I BP 1.1 R2750). Members are read later.
            _ = try xml.skipElement()
            return .success(.message(nil))
        }
        // The name of an rpc answer's wrapper says nothing (WS-I BP 1.1 R2729 is not kept by all).
        guard root.matches(xml) || call.isRPC else {
            return unexpected("soap.unexpected_message", "holds another message than the operation's")
        }
        return try decode(root)
    }

    /// Reads the element that the tokenizer stands on as the operation's message.
    private mutating func decode(_ root: XMLRoot) throws(XMLError) -> Answer {
        if let coder {
            var out = ByteWriter(capacity: source.count)
            if try root.rewrite(&xml, as: coder, options: call.plan.options, into: &out) {
                return .success(.message(.encoded(out.finish(), by: coder)))
            }
        }
        var report = XMLReport(call.plan.options)
        var builder = DocumentBuilder(source: source)
        try root.decode(&xml, into: &builder, report: &report)
        let document = builder.finish()
        do throws(Failure) {
            try report.check(document, of: call.plan.xml.schema)
        } catch {
            return .failure(error)
        }
        tell(report, of: document)
        if case .nothing = call.operation.output { return .success(.message(nil)) }
        return .success(.message(.decoded(document)))
    }

    /// Tells the observer what is wrong with a document that passes.
    func tell(_ report: XMLReport, of document: Document) {
        guard !report.isClean, let observer = call.plan.observer else { return }
        observer.received(call.operation, requestID: requestID) {
            report.violations(in: document, of: call.plan.xml.schema)
        }
    }

    private func unexpected(_ reason: String, _ what: String) -> Answer {
        .failure(
            Failure(.internal, reason, "The service's answer \(what).", origin: .upstream, httpStatus: 502))
    }
}

extension XMLTokenizer {
    /// Whether the attribute at `index` says true.
    fileprivate func isTrue(_ index: Int) -> Bool {
        let value = attributeValue(index).trimmingOptionalWhitespace()
        return value.equals("1") || value.equals("true")
    }
}
