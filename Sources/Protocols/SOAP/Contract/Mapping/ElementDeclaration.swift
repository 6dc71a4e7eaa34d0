internal import Canonical
internal import XMLCodec

/// What an element declaration says, with its type resolved.
struct ElementDeclaration {
    var name: QualifiedName
    var type: ValueType
    var isNillable: Bool
    var defaultValue: String?
    var fixedValue: String?
    var documentation: String?
    /// Others may stand for it (substitution groups): R16, which is not carried yet.
    var isHead = false

    func substitution(at location: SourceLocation) -> Diagnostic {
        Diagnostic(
            .error, "xsd.substitution-group",
            "Other elements may stand for '\(name.local)' (a substitution group), which is not supported yet.",
            at: location)
    }
}

extension Component {
    /// Whether a local declaration is in its document's target namespace (trap 6).
    func qualifiedName(_ local: String, isQualifiedByDefault: Bool) -> QualifiedName {
        let isQualified = element.value("form").map { $0 == "qualified" } ?? isQualifiedByDefault
        return QualifiedName(isQualified ? document.targetNamespace : "", local)
    }

    /// The `default` or `fixed` value of a declaration; qualified names in full, for their prefixes are the document's.
    func constraint(_ name: StaticString, on type: ValueType) -> String? {
        guard let text = element.value(name), case .scalar(let scalar) = type, scalar.holdsNames else {
            return element.value(name)
        }
        let names = text.split(whereSeparator: \.isXMLSpace).map(String.init)
        return names.map { element.resolve($0)?.description ?? $0 }.joined(separator: " ")
    }

    /// What the `any` or `anyAttribute` admits (XSD 1.0 part 1 §3.10).
    var wildcard: XMLWildcard {
        let namespaces: XMLWildcard.Namespaces
        switch element.value("namespace")?.trimmingXMLSpace() ?? "##any" {
        case "##any": namespaces = .any
        case "##other": namespaces = .other(than: document.targetNamespace)
        case let list:
            namespaces = .among(
                list.split(whereSeparator: \.isXMLSpace).map {
                    switch $0 {
                    case "##targetNamespace": document.targetNamespace
                    case "##local": ""
                    default: String($0)
                    }
                })
        }
        return XMLWildcard(namespaces: namespaces, process: process)
    }

    private var process: XMLWildcard.Process {
        switch element.value("processContents") {
        case "lax": .lax
        case "skip": .skip
        default: .strict
        }
    }
}

extension ScalarType {
    /// Whether it is a qualified name, or a list of them.
    fileprivate var holdsNames: Bool {
        switch kind {
        case .qualifiedName: true
        case .list(let item): item.holdsNames
        default: false
        }
    }
}
