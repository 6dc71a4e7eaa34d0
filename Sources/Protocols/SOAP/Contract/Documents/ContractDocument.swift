internal import Canonical
internal import XMLCodec

/// A schema, of its own or inside `wsdl:types`, or a WSDL: what its declarations inherit from it (trap 6: qualification
/// is a matter of the declaring document).
final class ContractDocument {
    let file: String
    let root: ContractElement
    let targetNamespace: String
    let qualifiesElements: Bool
    let qualifiesAttributes: Bool
    /// Included into a namespace that it does not name: references without a prefix mean that namespace.
    private let isChameleon: Bool
    /// Names whose references in this document mean what they meant before it redefined them.
    private let redefined: Set<QualifiedName>
    /// Comes from the built-in catalogue: nobody is told about its findings.
    let isBuiltIn: Bool

    /// - Parameter chameleon: The includer's namespace, for a document without one of its own.
    init(root: ContractElement, file: String, chameleon: String? = nil, isBuiltIn: Bool = false) {
        self.file = file
        self.root = root
        self.isBuiltIn = isBuiltIn
        redefined = []
        let own = root.value("targetNamespace") ?? ""
        targetNamespace = own.isEmpty ? chameleon ?? "" : own
        isChameleon = own.isEmpty && chameleon != nil
        qualifiesElements = root.value("elementFormDefault") == "qualified"
        qualifiesAttributes = root.value("attributeFormDefault") == "qualified"
    }

    /// What `redefine` of `document` declares: the document again, but for the names that it redefines.
    init(_ redefine: ContractElement, in document: ContractDocument) {
        file = document.file
        root = document.root
        targetNamespace = document.targetNamespace
        qualifiesElements = document.qualifiesElements
        qualifiesAttributes = document.qualifiesAttributes
        isChameleon = document.isChameleon
        isBuiltIn = document.isBuiltIn
        redefined = Set(
            redefine.children.compactMap { child in
                child.value("name").map { QualifiedName(document.targetNamespace, $0) }
            })
    }

    /// The name under which a redefined component goes on to exist.
    func original(_ name: QualifiedName) -> QualifiedName { QualifiedName(name.namespace, name.local + ".redefined") }

    func location(of element: ContractElement) -> SourceLocation {
        let place = element.tree.place(of: element.offset)
        return SourceLocation(
            file: file, line: place.line, column: place.column, length: element.local.utf8.count + 1)
    }

    /// The name that the text of a QName means at `element`.
    func name(_ text: String, at element: ContractElement) throws(Diagnostic) -> QualifiedName {
        let text = text.trimmingXMLSpace()
        guard let name = element.resolve(text) else {
            throw Diagnostic(
                .error, "xsd.undeclared-prefix", "The prefix of '\(text)' is not declared.", at: location(of: element))
        }
        if name.namespace.isEmpty, isChameleon { return QualifiedName(targetNamespace, name.local) }
        if ContractNamespace.xsdDrafts.contains(name.namespace) {
            return QualifiedName(ContractNamespace.xsd, name.local)
        }
        return redefined.contains(name) ? original(name) : name
    }

    /// The prefix that this document declares for `namespace`, when there is exactly one.
    func prefix(of namespace: String) -> String? {
        if namespace == ContractNamespace.xml { return "xml" }
        let prefixes = root.prefixes.filter { $0.value == namespace && !$0.key.isEmpty }
        return prefixes.count == 1 ? prefixes.first?.key : nil
    }
}

extension String {
    func trimmingXMLSpace() -> String {
        guard let first = utf8.first, let last = utf8.last, first <= 0x20 || last <= 0x20 else { return self }
        return String(drop { $0.isXMLSpace }.reversed().drop { $0.isXMLSpace }.reversed())
    }
}

extension Character {
    var isXMLSpace: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" || self == "\r\n" }
}
