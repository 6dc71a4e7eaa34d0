/// One key of a mapping: its name, what it is for, and how its value reaches the property it sets.
struct Key<Owner: Configurable>: Sendable {
    typealias Property<Value> = any WritableKeyPath<Owner, Value> & Sendable

    let description: KeyDescription
    let read: @Sendable (YAMLNode, inout Owner, inout Reader) -> Void

    /// A key that must be there.
    static func required<Value>(
        _ name: String, _ property: Property<Value>, _ shape: Shape<Value>, _ note: String
    ) -> Key {
        Key(description: KeyDescription(name: name, presence: .required, schema: shape.described(note))) {
            if let value = shape.read($0, &$2) { $1[keyPath: property] = value }
        }
    }

    /// A key whose default is the property's initial value.
    static func optional<Value>(
        _ name: String, _ property: Property<Value>, _ shape: Shape<Value>, _ note: String
    ) -> Key {
        let schema = shape.described(note).adding("default", shape.show(Owner()[keyPath: property]))
        return Key(description: KeyDescription(name: name, presence: .optional, schema: schema)) {
            if let value = shape.read($0, &$2) { $1[keyPath: property] = value }
        }
    }

    /// A key whose absence means something of its own, which `note` tells.
    static func optional<Value>(
        _ name: String, _ property: Property<Value?>, _ shape: Shape<Value>, _ note: String
    ) -> Key {
        Key(description: KeyDescription(name: name, presence: .optional, schema: shape.described(note))) {
            if let value = shape.read($0, &$2) { $1[keyPath: property] = value }
        }
    }

    /// A key that the user may know from the documentation of a later version.
    static func unsupported(_ name: String) -> Key {
        Key(description: KeyDescription(name: name, presence: .unsupported, schema: .null)) { _, _, _ in }
    }
}
