internal import Buffers
internal import Canonical
internal import XMLCodec

extension SOAPCall {
    /// Whether an answer without a message is one: the operation gives nothing back.
    var mayBeEmpty: Bool {
        if case .nothing = operation.output { true } else { false }
    }

    // MARK: Writing

    /// Writes the whole request envelope.
    func writeEnvelope(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        out.append(opening)
        try writeHeaders(document, into: &out)
        out.append("<soap:Body>")
        if let request { try request.encode(document, into: &out) }
        out.append("</soap:Body>")
        out.append(closing)
    }

    /// The declared headers, which the message carries in its `$headers`.
    private func writeHeaders(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        guard let headersField, document.root.kind == .object,
            let section = document.child(of: 0, field: headersField), document.nodes[section].kind == .object
        else { return }
        out.append("<soap:Header>")
        for child in document.children(of: section) {
            let field = Int(document.nodes[child].field)
            guard headers.indices.contains(field) else { continue }
            var builder = DocumentBuilder()
            builder.append(subtree: child, of: document, field: Node.noField)
            try headers[field].encode(builder.finish(), into: &out)
        }
        out.append("</soap:Header>")
    }

    // MARK: Reading

    /// Reads a response envelope.
    ///
    /// - Returns: The message; nil when the body is empty and may be.
    /// - Throws: The failure that a Fault stands for (reasons `soap.…`), else `internal` of the upstream: not XML, not an
    ///   envelope, another message than the operation's.
    func readEnvelope(_ bytes: Bytes, charset: [UInt8]) throws(Failure) -> Document? {
        let result: Result<Document?, Failure>
        do throws(XMLError) {
            let source = try XMLCharset.utf8(bytes, charset: charset.span.bytes)
            var reader = EnvelopeReader(call: self, source: source)
            result = try reader.read()
        } catch {
            throw error.failure(in: bytes, origin: .upstream)
        }
        return try result.get()
    }
}

/// Walks one response envelope.
private struct EnvelopeReader: ~Copyable {
    let call: SOAPCall
    let source: Bytes
    private var xml: XMLTokenizer
    private var envelope = NamespaceID.none

    init(call: SOAPCall, source: Bytes) {
        self.call = call
        self.source = source
        xml = XMLTokenizer(source, namespaces: call.plan.xml.namespaces, limits: call.plan.options.limits)
    }

    mutating func read() throws(XMLError) -> Result<Document?, Failure> {
        guard case .startElement = try xml.next(), xml.localName.equals("Envelope"),
            xml.namespace == call.plan.envelope11 || xml.namespace == call.plan.envelope12
        else { return .failure(unexpected("soap.not_an_envelope", "is not a SOAP envelope")) }
        envelope = xml.namespace
        var result: Result<Document?, Failure> = .failure(unexpected("soap.no_body", "has no body"))
        while true {
            switch try xml.next() {
            case .startElement where xml.isElement(envelope, "Header"):
                if let failure = try readHeader() { return .failure(failure) }
            case .startElement where xml.isElement(envelope, "Body"):
                result = try readBody()
                if case .failure = result { return result }
            case .startElement: _ = try xml.skipElement()
            case .text: break
            case .endElement, .end:
                // The end of the envelope; what follows must still be well-formed.
                if xml.depth == 0 {
                    _ = try xml.next()
                    return result
                }
            }
        }
    }

    /// The gateway is the ultimate receiver: a header that it must understand and does not is an error.
    private mutating func readHeader() throws(XMLError) -> Failure? {
        while true {
            switch try xml.next() {
            case .startElement:
                if let index = xml.attributeIndex(envelope, "mustUnderstand"), xml.isTrue(index), !isKnownHeader {
                    return unexpected("soap.header_not_understood", "has a header that must be understood and is not")
                }
                _ = try xml.skipElement()
            case .text: break
            case .endElement, .end: return nil
            }
        }
    }

    private var isKnownHeader: Bool {
        for header in call.headers where header.matches(xml) { return true }
        return false
    }

    private mutating func readBody() throws(XMLError) -> Result<Document?, Failure> {
        var result: Result<Document?, Failure>?
        while true {
            switch try xml.next() {
            case .startElement:
                if xml.isElement(envelope, "Fault") { return .failure(try readFault()) }
                if result == nil { result = try readMessage() } else { _ = try xml.skipElement() }
                if case .failure? = result { return result ?? .success(nil) }
            case .text: break
            case .endElement, .end:
                if let result { return result }
                guard call.response == nil || call.mayBeEmpty else {
                    return .failure(unexpected("soap.empty_body", "has an empty body"))
                }
                return .success(nil)
            }
        }
    }

    private mutating func readMessage() throws(XMLError) -> Result<Document?, Failure> {
        guard let response = call.response else {
            // A one-way operation: what comes back means nothing (WS-I BP 1.1 R2750).
            _ = try xml.skipElement()
            return .success(nil)
        }
        // The name of an rpc answer's wrapper says nothing (WS-I BP 1.1 R2729 is not kept by all).
        guard response.matches(xml) || call.isRPC else {
            return .failure(unexpected("soap.unexpected_message", "holds another message than the operation's"))
        }
        var report = XMLReport(call.plan.options)
        var builder = DocumentBuilder(source: source)
        try response.decode(&xml, into: &builder, report: &report)
        let document = builder.finish()
        do throws(Failure) {
            try report.check(document, of: call.plan.xml.schema)
        } catch {
            return .failure(error)
        }
        return .success(call.mayBeEmpty ? nil : document)
    }

    private func unexpected(_ reason: String, _ what: String) -> Failure {
        Failure(.internal, reason, "The service's answer \(what).", origin: .upstream, httpStatus: 502)
    }
}

// MARK: Faults

extension EnvelopeReader {
    /// Reads the Fault that the tokenizer stands on: both versions' elements, by their local names.
    private mutating func readFault() throws(XMLError) -> Failure {
        var fault = SOAPFault()
        let depth = xml.depth
        while xml.depth >= depth {
            guard case .startElement = try xml.next() else { continue }
            switch FaultPart(xml.localName) {
            case .code: fault.add(code: try localText())
            case .text:
                let text = try self.text()
                if fault.text.isEmpty { fault.text = text }
            case .detail: try readDetails(&fault)
            case .container: continue
            case .other: _ = try xml.skipElement()
            }
        }
        return fault.failure
    }

    private mutating func readDetails(_ fault: inout SOAPFault) throws(XMLError) {
        while true {
            switch try xml.next() {
            case .startElement: try readDetail(&fault)
            case .text: break
            case .endElement, .end: return
            }
        }
    }

    private mutating func readDetail(_ fault: inout SOAPFault) throws(XMLError) {
        var report = XMLReport(call.plan.options)
        var builder = DocumentBuilder(source: source)
        var declared: SOAPCall.Fault?
        for fault in call.faults where fault.root.matches(xml) { declared = fault }
        if let declared {
            try declared.root.decode(&xml, into: &builder, report: &report)
            fault.details.append(FailureDetail(typeName: declared.name, document: builder.finish()))
        } else if Self.isInternal(xml.localName) {
            _ = try xml.skipElement()
        } else {
            let name = String(decoding: xml.localName)
            try call.plan.anything.decode(&xml, into: &builder, report: &report)
            fault.details.append(FailureDetail(typeName: name, document: builder.finish()))
        }
    }

    /// What stacks put into details for their developers: stack traces and host names are not for clients.
    private static func isInternal(_ name: RawSpan) -> Bool {
        name.equals("stackTrace") || name.equals("hostname") || name.equals("exceptionName")
            || name.equals("ExceptionDetail") || name.equals("exception") || name.equals("StackTrace")
    }

    /// The text of the current element; elements within are left out.
    private mutating func text() throws(XMLError) -> String {
        var text = ""
        let depth = xml.depth
        while true {
            switch try xml.next() {
            case .text: text += String(decoding: xml.text)
            case .startElement: _ = try xml.skipElement()
            case .endElement, .end:
                if xml.depth < depth { return text.trimmed }
            }
        }
    }

    /// The local name in the text of the current element, a QName.
    private mutating func localText() throws(XMLError) -> String {
        let name = try text()
        return name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }
}

/// The children of a Fault in both versions, by their local names.
private enum FaultPart {
    case code, text, detail, container, other

    init(_ name: RawSpan) {
        if name.equals("faultcode") || name.equals("Value") {
            self = .code
        } else if name.equals("faultstring") || name.equals("Text") {
            self = .text
        } else if name.equals("detail") || name.equals("Detail") {
            self = .detail
        } else if name.equals("Code") || name.equals("Subcode") || name.equals("Reason") {
            self = .container
        } else {
            self = .other
        }
    }
}

extension XMLTokenizer {
    /// Whether the attribute at `index` says true.
    fileprivate func isTrue(_ index: Int) -> Bool {
        let value = attributeValue(index).trimmingOptionalWhitespace()
        return value.equals("1") || value.equals("true")
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
