/// What the coder knows of one message type: numbers and places only.
struct TypePlan {
    struct Traits: OptionSet {
        let rawValue: UInt8
        static let isAbstract = Traits(rawValue: 1)
        /// It has attribute fields or a field for all attributes.
        static let hasAttributes = Traits(rawValue: 2)
        /// Text between its elements means something.
        static let isMixed = Traits(rawValue: 4)
        /// Its fields depend on each other, or there are more than 64 of them.
        static let hasRules = Traits(rawValue: 8)
        /// The number of items of a repeated field has bounds.
        static let hasBounds = Traits(rawValue: 16)
        /// Its elements may stand in any order.
        static let isUnordered = Traits(rawValue: 32)
        /// It is mixed, has groups, or leads to a type that is or has.
        static let needsDocument = Traits(rawValue: 64)
    }

    /// Where its fields begin in the plan's list.
    var firstField = 0
    var fieldCount = 0
    /// The first field that is neither attribute nor text.
    var firstElement = 0
    /// Child elements by name; a name inside a group leads to the group's field.
    var elements = NameTable()
    var attributes = NameTable()
    /// The field with the element's text, -1 for none.
    var text: Int32 = -1
    var attributeWildcard: Int32 = -1
    /// The first wildcard field, or group field with one in it; -1 for none.
    var wildcard: Int32 = -1
    var traits: Traits = []
    /// Bit n: field n, of the first 64, must be there.
    var required: UInt64 = 0
    /// The type's own place and those of all types derived from it (preorder over the derivation trees).
    var places: Range<Int32> = 0..<0
    /// The namespace of the type's name.
    var namespace = NamespaceID.none
    /// ` xsi:type="prefix:Name"`; empty for a type without a name.
    var typeAttribute = Literal.empty
}
