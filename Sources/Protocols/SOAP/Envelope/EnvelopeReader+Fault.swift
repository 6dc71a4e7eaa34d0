internal import Buffers
internal import Canonical
internal import XMLCodec

extension EnvelopeReader {
    /// Reads the Fault that the tokenizer stands on: both versions' elements, by their local names.
    mutating func readFault() throws(XMLError) -> Failure {
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

    // MARK: Details

    private mutating func readDetails(_ fault: inout SOAPFault) throws(XMLError) {
        while true {
            switch try xml.next() {
            case .startElement where fault.details.count < SOAPFault.maximumDetails: try readDetail(&fault)
            case .startElement: _ = try xml.skipElement()
            case .text: break
            case .endElement, .end: return
            }
        }
    }

    private mutating func readDetail(_ fault: inout SOAPFault) throws(XMLError) {
        var report = XMLReport(call.plan.detailOptions)
        var builder = DocumentBuilder(source: source)
        var declared: SOAPCall.Fault?
        for fault in call.faults where fault.root.matches(xml) { declared = fault }
        if let declared {
            try declared.root.decode(&xml, into: &builder, report: &report)
            let document = builder.finish()
            tell(report, of: document)
            fault.details.append(FailureDetail(typeName: declared.name, document: document))
        } else if SOAPFault.isInternal(xml.localName) {
            _ = try xml.skipElement()
        } else {
            let name = String(decoding: xml.localName)
            try call.plan.anything.decode(&xml, into: &builder, report: &report)
            fault.details.append(FailureDetail(typeName: name, document: builder.finish()))
        }
    }

    // MARK: Text

    /// The text of the current element, as much of it as is ever shown; elements within are left out.
    private mutating func text() throws(XMLError) -> String {
        var text = ByteWriter()
        let depth = xml.depth
        while true {
            switch try xml.next() {
            case .text:
                let room = SOAPFault.maximumTextBytes - text.count
                text.append(xml.text.extracting(0..<min(room, xml.text.byteCount)))
            case .startElement: _ = try xml.skipElement()
            case .endElement, .end:
                if xml.depth < depth { return String(decoding: text.written.trimmingXMLWhitespace()) }
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

extension RawSpan {
    /// Without the white space of XML (XML 1.0 §2.3) at both ends.
    @_lifetime(copy self)
    fileprivate func trimmingXMLWhitespace() -> RawSpan {
        var start = 0
        var end = byteCount
        while start < end, Self.isWhitespace(self[start]) { start &+= 1 }
        while end > start, Self.isWhitespace(self[end &- 1]) { end &-= 1 }
        return extracting(start..<end)
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }
}
