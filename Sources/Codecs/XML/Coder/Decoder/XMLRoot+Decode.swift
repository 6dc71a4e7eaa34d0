internal import Buffers
public import Canonical

extension XMLRoot {
    /// Whether the current start tag is this element.
    public func matches(_ xml: borrowing XMLTokenizer) -> Bool {
        xml.namespace == namespace && xml.localName.equals(localName.span)
    }

    /// Reads the element that `xml` stands on, whatever its name, up to its end tag, and appends it to `builder`.
    ///
    /// - Parameters:
    ///   - xml: On a start tag; made with the plan's `namespaces`.
    ///   - builder: Opened over the tokenizer's `source`.
    ///   - field: What the value is to its object.
    ///   - report: Gathers what the schema does not allow; ask `XMLReport.check` when the document is whole.
    /// - Throws: What the tokenizer throws.
    public func decode(
        _ xml: inout XMLTokenizer, field: UInt16 = Node.noField, into builder: inout DocumentBuilder,
        report: inout XMLReport
    ) throws(XMLError) {
        // Places on the tape are 32 bits wide.
        guard xml.source.count < Int(UInt32.max) else { throw XMLError(.tooLarge, at: Int(UInt32.max)) }
        var decoder = XMLDecoder(plan, rootScalar: scalar, report, sourceCount: xml.source.count)
        defer { report = decoder.report }
        try decoder.value(value, field, &xml, &builder)
    }
}
