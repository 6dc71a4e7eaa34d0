import Buffers
import Canonical
import JSONCodec
import SOAP
import XMLCodec

/// One message of the corpus with the operation that it belongs to.
struct Sample {
    enum Outcome: Equatable {
        /// XML → JSON → XML gave the same message.
        case same
        /// The message breaks its own schema, or is a fault, or no operation's.
        case notOurs
        case different(String)
    }

    let path: String
    private let envelope: XMLElement
    private let source: Bytes

    init?(_ path: String, in corpus: WSDLCorpus) {
        guard let bytes = corpus.load(path), let source = try? XMLCharset.utf8(bytes),
            let envelope = try? XMLElement.read(source), envelope.local == "Envelope"
        else { return nil }
        self.path = path
        self.source = source
        self.envelope = envelope
    }

    /// What a round trip through JSON makes of the message (TRANSLATION R21).
    func roundTrip(_ contract: Contract, _ plan: XMLPlan) -> Outcome {
        guard let body = envelope.children.first(where: { $0.local == "Body" }), let message = body.children.first
        else {
            return .notOurs
        }
        guard let (root, type) = root(of: message.name, contract, plan) else { return .notOurs }
        do {
            var report = XMLReport(XMLOptions(validation: .strict))
            let document = try read(root, &report)
            guard report.isClean, report.ignored == 0 else { return .notOurs }
            let json = JSONCoder(type, schema: contract.schema)
            var text = ByteWriter()
            try json.encode(document, into: &text)
            let bytes = text.finish()
            if let direct = try rewritten(root, as: json), direct != bytes { return .different("the direct way") }
            var xml = ByteWriter()
            try root.encode(try json.decode(bytes), into: &xml)
            let again = try XMLElement.read(xml.finish())
            return message.difference(from: again).map { .different("\($0); JSON: \(String(bytes))") } ?? .same
        } catch {
            let failure = error as? Failure
            return .different("\(failure?.reason ?? "\(error)") \(failure?.violations ?? [])")
        }
    }

    private func root(of name: QualifiedName, _ contract: Contract, _ plan: XMLPlan) -> (XMLRoot, ValueType)? {
        for operation in contract.operations {
            guard let binding = operation.annotations[SOAPBinding.self] else { continue }
            if binding.request.element == name {
                return (plan.root(name, type: operation.input, isNillable: binding.request.isNillable), operation.input)
            }
            if let response = binding.response, response.element == name {
                return (plan.root(name, type: operation.output, isNillable: response.isNillable), operation.output)
            }
        }
        return nil
    }

    /// The message as JSON without a document between; nil where one is needed.
    private func rewritten(_ root: XMLRoot, as json: JSONCoder) throws(XMLError) -> Bytes? {
        var xml = try atMessage(root)
        var out = ByteWriter()
        return try root.rewrite(&xml, as: json, options: .request, into: &out) ? out.finish() : nil
    }

    private func read(_ root: XMLRoot, _ report: inout XMLReport) throws(XMLError) -> Document {
        var xml = try atMessage(root)
        var builder = DocumentBuilder(source: source)
        try root.decode(&xml, into: &builder, report: &report)
        return builder.finish()
    }

    /// At the first child of the body.
    private func atMessage(_ root: XMLRoot) throws(XMLError) -> XMLTokenizer {
        var xml = XMLTokenizer(source, namespaces: root.plan.namespaces)
        var isInBody = false
        while true {
            guard case .startElement = try xml.next() else { continue }
            if xml.depth == 3, isInBody { return xml }
            if xml.depth == 2 { isInBody = xml.localName.equals("Body") }
        }
    }
}

extension XMLElement {
    /// What tells the element from `other`, apart from prefixes, white space between elements and what says nothing
    /// (`xsi:nil="false"`, the declared type); nil for nothing.
    func difference(from other: XMLElement) -> String? {
        guard name == other.name else { return "<\(name)> became <\(other.name)>" }
        let (own, others) = (facts, other.facts)
        guard own == others || own.filter({ !$0.hasPrefix("type=") }) == others else {
            return "<\(name)> has \(own) and then \(others)"
        }
        guard children.count == other.children.count else {
            return "<\(name)> has \(children.map(\.local)) and then \(other.children.map(\.local))"
        }
        for (child, otherChild) in zip(children, other.children) {
            if let difference = child.difference(from: otherChild) { return difference }
        }
        return nil
    }

    /// Attributes in order of their names, then the text.
    private var facts: [String] {
        let xsi = "http://www.w3.org/2001/XMLSchema-instance"
        let known = attributes.filter { $0.name.namespace != xsi || !$0.name.local.hasSuffix("chemaLocation") }
        let shown = known.map { attribute in
            switch (attribute.name.namespace, attribute.name.local) {
            case (xsi, "type"): "type=\(resolve(attribute.value)?.description ?? "?")"
            case (xsi, "nil"): "nil=\(attribute.value == "1" ? "true" : attribute.value)"
            default: "\(attribute.name)=\(attribute.value)"
            }
        }
        let isBlank = text.allSatisfy(\.isWhitespace)
        // A line break between tags is layout, also where an element could have children and has none.
        let isLayout = isBlank && (!children.isEmpty || text.contains(where: \.isNewline))
        return shown.filter { $0 != "nil=false" }.sorted() + [isLayout ? "" : text]
    }
}
