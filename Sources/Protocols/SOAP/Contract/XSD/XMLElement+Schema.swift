internal import XMLCodec

/// How schema documents are read: by the local names of XML Schema's own elements and attributes.
extension XMLElement {
    var isSchemaElement: Bool {
        name.namespace == ContractNamespace.xsd || ContractNamespace.xsdDrafts.contains(name.namespace)
    }

    /// The first child of XML Schema called `local`.
    func schemaChild(_ local: String) -> XMLElement? {
        children.first { $0.local == local && $0.isSchemaElement }
    }

    func flag(_ attribute: String) -> Bool {
        let value = self.attribute(attribute)
        return value == "true" || value == "1"
    }

    /// The text of `annotation/documentation`, or of WSDL's own `documentation`.
    var documentation: String? {
        let sources =
            children.filter { $0.local == "documentation" && !$0.isSchemaElement }
            + (schemaChild("annotation")?.children.filter { $0.local == "documentation" } ?? [])
        let lines = sources.flatMap { $0.wholeText.split(whereSeparator: \.isNewline) }
            .map { String($0).trimmingXMLSpace() }.filter { !$0.isEmpty }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// The text with that of the elements inside, for documentation with markup.
    private var wholeText: String {
        children.reduce(text) { $0 + $1.wholeText }
    }
}
