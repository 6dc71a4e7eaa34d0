internal import Buffers
internal import XMLCodec

/// One element of a document that a contract is read from: a handle of two words onto the document's tree.
///
/// A megabyte of WSDL is tens of thousands of elements of which each is asked for a few attributes. So names and
/// values stay bytes until somebody wants a string, and nothing is allocated per element.
struct ContractElement {
    let tree: ContractTree
    let index: Int32

    // MARK: Names

    var local: String { tree.nodes[Int(index)].local }
    var namespace: String { tree.namespaces[Int(tree.nodes[Int(index)].namespace)] }
    var name: QualifiedName { QualifiedName(namespace, local) }

    /// Whether it is one of XML Schema's own elements, of its drafts too.
    var isSchemaElement: Bool { ContractTree.schemaNamespaces.contains(tree.nodes[Int(index)].namespace) }

    func isNamed(_ namespace: String, _ local: String) -> Bool {
        self.local == local && self.namespace == namespace
    }

    /// Where its start tag begins, in bytes; tells it from every other element of the document.
    var offset: Int { Int(tree.nodes[Int(index)].offset) }

    // MARK: Attributes

    /// The value of the attribute without namespace called `local`, or nil.
    func value(_ local: StaticString) -> String? {
        for place in tree.nodes[Int(index)].attributes {
            if tree.attributes[place].namespace == 0, tree.bytes(tree.attributes[place].name, equal: local) {
                return tree.string(tree.attributes[place].value)
            }
        }
        return nil
    }

    /// Whether the attribute called `local` is true; false when there is none.
    func flag(_ local: StaticString) -> Bool {
        let value = value(local)
        return value == "true" || value == "1"
    }

    /// All attributes, namespace declarations not among them.
    var attributes: [QualifiedName: String] {
        var found: [QualifiedName: String] = [:]
        for place in tree.nodes[Int(index)].attributes {
            let attribute = tree.attributes[place]
            let name = QualifiedName(tree.namespaces[Int(attribute.namespace)], tree.string(attribute.name))
            found[name] = tree.string(attribute.value)
        }
        return found
    }

    /// Every prefix in scope with its namespace; the empty prefix is the default namespace.
    var prefixes: [String: String] { tree.prefixes[Int(tree.nodes[Int(index)].prefixes)] }

    /// The name that a QName means here; without a prefix it is in the default namespace. Nil when the prefix is not
    /// declared or a half is missing.
    func resolve(_ text: String) -> QualifiedName? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return text.isEmpty ? nil : QualifiedName(prefixes[""] ?? "", text)
        }
        let local = text[text.utf8.index(after: colon)...]
        guard let namespace = prefixes[String(text[..<colon])], !local.isEmpty, !local.utf8.contains(UInt8(ascii: ":"))
        else { return nil }
        return QualifiedName(namespace, String(local))
    }

    // MARK: Content

    /// The text that stands directly in it, put together.
    var text: String { tree.texts[index] ?? "" }

    var children: Children { Children(tree: tree, place: tree.nodes[Int(index)].firstChild) }

    struct Children: Sequence, IteratorProtocol {
        let tree: ContractTree
        var place: Int32

        mutating func next() -> ContractElement? {
            guard place >= 0 else { return nil }
            defer { place = tree.nodes[Int(place)].nextSibling }
            return ContractElement(tree: tree, index: place)
        }
    }

    func children(_ namespace: String, _ local: String) -> [ContractElement] {
        children.filter { $0.isNamed(namespace, local) }
    }

    func firstChild(_ namespace: String, _ local: String) -> ContractElement? {
        children.first { $0.isNamed(namespace, local) }
    }
}
