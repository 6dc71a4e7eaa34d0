public import Buffers
public import Canonical

/// Whole XML documents with one root element, as messages of one type.
public final class XMLCoder: MessageCoder {
    public let root: XMLRoot
    private let options: XMLOptions

    public init(_ root: XMLRoot, options: XMLOptions = .request) {
        self.root = root
        self.options = options
    }

    /// Reads one whole document in any charset that it declares.
    ///
    /// - Throws: The tokenizer's reasons ("xml.syntax" …) for what is not XML or past a limit, "xml.root" for another root
    ///   element, "request.invalid" or "response.invalid" with violations in strict mode.
    public func decode(_ bytes: Bytes) throws(Failure) -> Document {
        var report = XMLReport(options)
        return try decode(bytes, report: &report)
    }

    /// The same, and tells what was found on the way.
    public func decode(_ bytes: Bytes, report: inout XMLReport) throws(Failure) -> Document {
        let source: Bytes
        do {
            source = try XMLCharset.utf8(bytes)
        } catch {
            throw error.failure(in: bytes, origin: options.origin)
        }
        var xml = XMLTokenizer(source, namespaces: root.plan.namespaces, limits: options.limits)
        var builder = DocumentBuilder(source: source)
        do {
            _ = try xml.next()
            if root.matches(xml) {
                try root.decode(&xml, into: &builder, report: &report)
                _ = try xml.next()
            }
        } catch {
            throw error.failure(in: source, origin: options.origin)
        }
        guard builder.nextIndex > 0 else { throw wrongRoot }
        let document = builder.finish()
        try report.check(document, of: root.plan.schema)
        return document
    }

    public func rewrite(
        _ bytes: Bytes, as coder: any MessageCoder, into out: inout ByteWriter
    ) throws(Failure) -> Bool {
        let start = out.count
        // What is wrong with the message, `decode` says.
        guard let source = try? XMLCharset.utf8(bytes) else { return false }
        var xml = XMLTokenizer(source, namespaces: root.plan.namespaces, limits: options.limits)
        do throws(XMLError) {
            _ = try xml.next()
            guard root.matches(xml), try root.rewrite(&xml, as: coder, options: options, into: &out) else {
                return false
            }
            _ = try xml.next()
        } catch {
            out.truncate(to: start)
            return false
        }
        return true
    }

    private var wrongRoot: Failure {
        Failure(
            options.origin == .upstream ? .internal : .invalidArgument, "xml.root",
            "The root element is not \(root.element).", origin: options.origin)
    }

    /// Writes `document` as XML in UTF-8 without a declaration.
    public func encode(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        try root.encode(document, origin: options.origin, into: &out)
    }
}
