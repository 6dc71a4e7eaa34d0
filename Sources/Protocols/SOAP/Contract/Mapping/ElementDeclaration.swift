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
