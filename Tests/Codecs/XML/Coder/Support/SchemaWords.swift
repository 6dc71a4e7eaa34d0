import Canonical
import XMLCodec

/// Short words for writing schemas in tests.
let tns = "urn:shop"

extension ValueType {
    static let text = ValueType.scalar(ScalarType(.string))
    static let int = ValueType.scalar(ScalarType(.int(bits: 32)))
    static let decimal = ValueType.scalar(ScalarType(.decimal))
    static let boolean = ValueType.scalar(ScalarType(.boolean))
    static let name = ValueType.scalar(ScalarType(.qualifiedName))
    static let date = ValueType.scalar(ScalarType(.temporal(.date)))
    static let dateTime = ValueType.scalar(ScalarType(.temporal(.dateTime)))
    static let token: ValueType = {
        var facets = Facets()
        facets.whitespace = .collapse
        return .scalar(ScalarType(.string, facets: facets))
    }()
}

extension Cardinality {
    static let many = Cardinality.repeated(minimum: 0, maximum: nil)
}

extension Field {
    /// An element in the namespace of these tests.
    static func element(
        _ name: String, _ type: ValueType, _ cardinality: Cardinality = .required, namespace: String = tns,
        nillable: Bool = false, default value: String? = nil, fixed: String? = nil
    ) -> Field {
        Field(
            name: name, type: type, cardinality: cardinality, isNillable: nillable, defaultValue: value,
            fixedValue: fixed, annotations: note(.element(QualifiedName(namespace, name))))
    }

    /// An attribute without a namespace.
    static func attribute(
        _ name: String, _ type: ValueType = .text, _ cardinality: Cardinality = .optional,
        default value: String? = nil, fixed: String? = nil
    ) -> Field {
        Field(
            name: "@" + name, type: type, cardinality: cardinality, defaultValue: value, fixedValue: fixed,
            annotations: note(.attribute(QualifiedName("", name))))
    }

    static func content(_ type: ValueType) -> Field {
        Field(name: "$", type: type, annotations: note(.text))
    }

    static func group(_ type: MessageID, named name: String = "$items", _ cardinality: Cardinality = .many) -> Field {
        Field(name: name, type: .message(type), cardinality: cardinality, annotations: note(.group))
    }

    static func wildcard(
        _ namespaces: XMLWildcard.Namespaces = .any, _ process: XMLWildcard.Process = .lax,
        _ cardinality: Cardinality = .many
    ) -> Field {
        let wildcard = XMLWildcard(namespaces: namespaces, process: process)
        return Field(name: "$any", type: .any, cardinality: cardinality, annotations: note(.wildcard(wildcard)))
    }

    static func attributeWildcard(_ namespaces: XMLWildcard.Namespaces = .any) -> Field {
        let wildcard = XMLWildcard(namespaces: namespaces, process: .lax)
        return Field(name: "@*", type: .any, cardinality: .optional, annotations: note(.attributeWildcard(wildcard)))
    }

    private static func note(_ node: XMLNode) -> Annotations {
        var annotations = Annotations()
        annotations[XMLNode.self] = node
        return annotations
    }
}

extension MessageType {
    /// A type with a name of its own in the namespace of these tests.
    static func named(
        _ name: String, _ fields: [Field], rules: [ContentRule] = [], base: MessageID? = nil, isAbstract: Bool = false,
        isMixed: Bool = false, isUnordered: Bool = false
    ) -> MessageType {
        var annotations = Annotations()
        annotations[XMLTypeName.self] = XMLTypeName(QualifiedName(tns, name))
        if isUnordered { annotations[XMLAll.self] = XMLAll() }
        return MessageType(
            name: name, fields: fields, rules: rules, base: base, isAbstract: isAbstract, isMixed: isMixed,
            annotations: annotations)
    }
}

extension ContentRule {
    /// A choice of single fields.
    static func choice(_ fields: Int..., isRequired: Bool = true) -> ContentRule {
        .choice(branches: fields.map { Branch(fields: [$0], required: [$0]) }, isRequired: isRequired)
    }
}
