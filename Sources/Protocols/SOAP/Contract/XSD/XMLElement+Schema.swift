internal import XMLCodec

/// How schema documents are read: by the local names of XML Schema's own elements and attributes.
extension XMLElement {
    var isSchemaElement: Bool {
        name.namespace == ContractNamespace.xsd || ContractNamespace.xsdDrafts.contains(name.namespace)
    }

    /// The first child of XML Schema called `local`. By index: copying an element is dearer than looking at it.
    func schemaChild(_ local: String) -> XMLElement? {
        for index in children.indices where children[index].name.local == local && children[index].isSchemaElement {
            return children[index]
        }
        return nil
    }

    /// The value of the attribute called `local`, or nil. A schema's elements are asked for a dozen each, mostly in vain:
    /// lengths are compared first, and nothing is copied.
    func value(_ local: String) -> String? {
        for index in attributes.indices where attributes[index].name.local.utf8.count == local.utf8.count {
            if attributes[index].name.local == local, attributes[index].name.namespace.isEmpty {
                return attributes[index].value
            }
        }
        return nil
    }

    func flag(_ attribute: String) -> Bool {
        let value = value(attribute)
        return value == "true" || value == "1"
    }

    /// The text of `annotation/documentation`, or of WSDL's own `documentation`.
    var documentation: String? {
        var lines: [String] = []
        for index in children.indices {
            switch children[index].name.local {
            case "documentation": lines += children[index].lines
            case "annotation":
                for inner in children[index].children where inner.name.local == "documentation" { lines += inner.lines }
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
