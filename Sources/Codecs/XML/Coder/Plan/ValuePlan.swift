internal import Canonical

/// What the coder knows of the values of a field or root: 16 bytes, passed in registers.
struct ValuePlan {
    enum Content: UInt8 {
        /// Text without rules, kept as it is.
        case text
        /// `target` is the place of a `ScalarCoder`.
        case scalar
        /// The same; a qualified name, or a list of them, whose prefixes mean nothing in JSON.
        case qualifiedName
        /// `target` is the index of a message type.
        case message
        case any
        case nothing
    }

    struct Traits: OptionSet {
        let rawValue: UInt8
        static let isRepeated = Traits(rawValue: 1)
        static let isNillable = Traits(rawValue: 2)
        static let isRequired = Traits(rawValue: 4)
        /// An empty element means `preset`.
        static let hasDefault = Traits(rawValue: 8)
    }

    var content = Content.nothing
    var traits: Traits = []
    var target: Int32 = 0
    /// The default or fixed value.
    var preset = Literal.empty

    var isRepeated: Bool { traits.contains(.isRepeated) }
    var isNillable: Bool { traits.contains(.isNillable) }
    var isRequired: Bool { traits.contains(.isRequired) }
}

extension ValuePlan.Content {
    /// Whether the value is a text.
    var isText: Bool { self == .text || self == .scalar || self == .qualifiedName }

    init(_ scalar: ScalarType) {
        switch scalar.kind {
        case .qualifiedName: self = .qualifiedName
        case .list(let item):
            if case .qualifiedName = item.kind { self = .qualifiedName } else { self = .scalar }
        case .string: self = scalar.hasRules || (scalar.facets.whitespace ?? .preserve) != .preserve ? .scalar : .text
        default: self = .scalar
        }
    }
}
