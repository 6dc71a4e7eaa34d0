/// How schema documents are read: by the local names of XML Schema's own elements and attributes.
extension ContractElement {
    /// The first child of XML Schema called `local`.
    func schemaChild(_ local: String) -> ContractElement? {
        children.first { $0.local == local && $0.isSchemaElement }
    }

    /// The text of `annotation/documentation`, or of WSDL's own `documentation`.
    var documentation: String? {
        var lines: [String] = []
        for child in children {
            switch child.local {
            case "documentation": lines += child.lines
            case "annotation":
                for inner in child.children where inner.local == "documentation" { lines += inner.lines }
            default: break
            }
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// The lines of text that are not blank, without the white space around them.
    private var lines: [String] {
        wholeText.split(whereSeparator: \.isNewline).map { String($0).trimmingXMLSpace() }.filter { !$0.isEmpty }
    }

    /// The text with that of the elements inside, for documentation with markup.
    private var wholeText: String {
        children.reduce(text) { $0 + $1.wholeText }
    }
}
