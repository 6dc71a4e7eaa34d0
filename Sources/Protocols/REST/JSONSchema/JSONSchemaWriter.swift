internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// A contract's types as JSON Schema 2020-12, which OpenAPI 3.1 uses as it is: what the JSON coder reads and writes.
struct JSONSchemaWriter {
    let schema: Schema
    /// Where components stand: `#/components/schemas/` or `#/$defs/`.
    let prefix: String
    private let collapsesWrappers: Bool
    private let isOpen: Bool
    let shape: JSONShape
    private let componentNames: [String]
    /// Whether the types are messages of protobuf, whose JSON is a little different.
    let isProtobuf: Bool

    /// - Parameters:
    ///   - collapsesWrappers: Whether fields of types that only wrap an array are the array itself.
    ///   - isOpen: Whether objects may have members that the schema does not name.
    ///   - shape: Which form is shown where JSON has several.
    ///   - reserved: The names of components that are no types of the schema.
    init(
        schema: Schema, prefix: String, collapsesWrappers: Bool = false, isOpen: Bool = false,
        shape: JSONShape = JSONShape(), reserved: Set<String> = []
    ) {
        self.shape = shape
        self.isOpen = isOpen
        self.schema = schema
        self.prefix = prefix
        self.collapsesWrappers = collapsesWrappers
        isProtobuf = schema.messages.contains { $0.annotations[ProtobufMessage.self] != nil }
        var names = UniqueNames(reserved)
        componentNames = schema.messages.map { names.add(Self.componentName($0.name)) }
    }

    /// The name of a message type as a component.
    func componentName(_ id: MessageID) -> String {
        componentNames[id.index]
    }

    /// Only letters, digits, `.`, `_` and `-` may stand in the name of a component.
    private static func componentName(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
    }

    // MARK: Types

    /// Writes the schema of a value of a field.
    func write(_ type: ValueType, isNillable: Bool = false, into json: inout JSONWriter) {
        if collapsesWrappers, case .message(let id) = type, schema[id].wrapsArray {
            write(wrapped: schema[id].fields[0], isNillable: isNillable, into: &json)
        } else {
            write(root: type, isNillable: isNillable, into: &json)
        }
    }

    /// The array that stands for an object with the items of its only field.
    private func write(wrapped field: Field, isNillable: Bool, into json: inout JSONWriter) {
        guard isNillable else { return write(field, into: &json) }
        json.object { json in
            json.member("anyOf") { json in
                json.array { json in
                    write(field, into: &json)
                    json.object { $0.member("type", "null") }
                }
            }
        }
    }

    /// Writes the schema of a whole message.
    func write(root type: ValueType, isNillable: Bool = false, into json: inout JSONWriter) {
        switch type {
        case .scalar(let scalar): write(scalar, isNillable: isNillable, into: &json)
        case .message(let id): write(reference: id, isNillable: isNillable, into: &json)
        case .map(let key, let value): write(map: value, key: key, isNillable: isNillable, into: &json)
        case .any:
            json.object { $0.member("description", isProtobuf ? "Any value." : "Any value: text, or XML as a tree.") }
        case .nothing: json.object { $0.member("type", "null") }
        }
    }

    private func write(map value: ValueType, key: ScalarType, isNillable: Bool, into json: inout JSONWriter) {
        json.object { json in
            if isNillable {
                json.member("type") { $0.array { json in ["object", "null"].forEach { json.value($0) } } }
            } else {
                json.member("type", "object")
            }
            if let pattern = key.memberNames {
                json.member("propertyNames") { $0.object { $0.member("pattern", pattern) } }
            }
            json.member("additionalProperties") { write(value, into: &$0) }
        }
    }

    /// A place where a value of `id` is asked for; any type derived from it may stand there.
    private func write(reference id: MessageID, isNillable: Bool, into json: inout JSONWriter) {
        let type = schema[id]
        let choices = (type.isAbstract ? [] : [id]) + type.derived.filter { !schema[$0].isAbstract }
        if choices.count < 2, !isNillable {
            return json.object { $0.member("$ref", prefix + componentName(choices.first ?? id)) }
        }
        json.object { json in
            // Not `oneOf`: where `@type` may be left out, a value may match a type and its base.
            json.member("anyOf") { json in
                json.array { json in
                    for choice in choices { json.object { $0.member("$ref", prefix + componentName(choice)) } }
                    if isNillable { json.object { $0.member("type", "null") } }
                    if isNillable, type.fields.contains(where: \.isAttribute) { writeNil(type, into: &json) }
                }
            }
            if type.isPolymorphic { writeDiscriminator(choices, into: &json) }
        }
    }

    /// Null with attributes: `{"@a": …, "$nil": true}`.
    private func writeNil(_ type: MessageType, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "object")
            json.member("properties") { json in
                json.object { json in
                    for field in type.fields where field.isAttribute {
                        json.member(field.name) { write(field, into: &$0) }
                    }
                    json.member("$nil") { $0.object { $0.member("const", true) } }
                }
            }
            json.member("required") { $0.array { $0.value("$nil") } }
        }
    }

    private func writeDiscriminator(_ choices: [MessageID], into json: inout JSONWriter) {
        json.member("discriminator") { json in
            json.object { json in
                json.member("propertyName", "@type")
                json.member("mapping") { json in
                    json.object { json in
                        for choice in choices { json.member(schema[choice].name, prefix + componentName(choice)) }
                    }
                }
            }
        }
    }

    // MARK: Components

    /// Writes a message type as an object.
    ///
    /// - Parameters:
    ///   - omitted: Members that come from elsewhere than the body.
    ///   - extra: Members that stand in the body for others.
    func write(
        component id: MessageID, omitting omitted: Set<String> = [], adding extra: PropertyTree = PropertyTree(),
        into json: inout JSONWriter
    ) {
        let type = schema[id]
        // Of mixed content only attributes are members by themselves.
        let fields = type.fields.filter { !omitted.contains($0.name) && (!type.isMixed || $0.isAttribute) }
        json.object { json in
            json.member("type", "object")
            if let text = type.documentation { json.member("description", text) }
            json.member("properties") { json in
                json.object { json in
                    if type.isPolymorphic || type.base != nil {
                        json.member("@type") { $0.object { $0.member("const", type.name) } }
                    }
                    for field in fields where !extra.contains(field.name) {
                        json.member(shape.name(of: field)) { write(field, into: &$0) }
                    }
                    extra.write(self, into: &json)
                    if type.isMixed { json.member("$mixed") { writeMixed(type, into: &$0) } }
                }
            }
            let required = fields.filter(\.cardinality.isRequired).map(shape.name(of:))
            let names = (type.isAbstract ? ["@type"] : []) + required + (type.isMixed ? ["$mixed"] : [])
            if !names.isEmpty { json.member("required") { $0.array { json in names.forEach { json.value($0) } } } }
            if !isOpen { json.member("additionalProperties", false) }
            if !type.isMixed { writeRules(type, into: &json) }
        }
    }

    /// Text as strings, fields as objects of one member, in order.
    private func writeMixed(_ type: MessageType, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "array")
            json.member("items") { json in
                json.object { json in
                    json.member("anyOf") { json in
                        json.array { json in
                            json.object { $0.member("type", "string") }
                            for field in type.fields where !field.isAttribute { writeMixedItem(field, into: &json) }
                        }
                    }
                }
            }
        }
    }

    private func writeMixedItem(_ field: Field, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "object")
            json.member("properties") { json in json.object { $0.member(field.name) { writeItem(field, into: &$0) } } }
            json.member("required") { json in json.array { $0.value(field.name) } }
            json.member("additionalProperties", false)
        }
    }

    func write(_ field: Field, into json: inout JSONWriter) {
        guard case .repeated(let minimum, let maximum) = field.cardinality else {
            return writeItem(field, into: &json)
        }
        json.object { json in
            json.member("type", "array")
            if let text = field.documentation { json.member("description", text) }
            json.member("items") { write(field.type, isNillable: field.isNillable, into: &$0) }
            if minimum > 0 { json.member("minItems", minimum) }
            if let maximum { json.member("maxItems", maximum) }
        }
    }

    private func writeItem(_ field: Field, into json: inout JSONWriter) {
        guard let text = field.documentation else {
            return write(field.type, isNillable: field.isNillable, into: &json)
        }
        // Beside `$ref` other keywords are allowed, but a member of its own keeps them apart from the type's.
        json.object { json in
            json.member("description", text)
            json.member("allOf") { json in
                json.array { json in write(field.type, isNillable: field.isNillable, into: &json) }
            }
        }
    }

    // MARK: Choices

    private func writeRules(_ type: MessageType, into json: inout JSONWriter) {
        guard !type.rules.isEmpty else { return }
        json.member("allOf") { json in
            json.array { json in
                for rule in type.rules { write(rule, type, into: &json) }
            }
        }
    }

    private func write(_ rule: ContentRule, _ type: MessageType, into json: inout JSONWriter) {
        json.object { json in
            switch rule {
            case .choice(let branches, let isRequired):
                json.member("anyOf") { json in
                    json.array { json in
                        for (index, branch) in branches.enumerated() {
                            let others = branches.indices.filter { $0 != index }.flatMap { branches[$0].fields }
                            write(branch: branch, excluding: others, type, into: &json)
                        }
                        if !isRequired { write(noneOf: branches.flatMap(\.fields), type, into: &json) }
                    }
                }
            case .together(let branch):
                json.member("anyOf") { json in
                    json.array { json in
                        write(branch: branch, excluding: [], type, into: &json)
                        write(noneOf: branch.fields, type, into: &json)
                    }
                }
            }
        }
    }

    private func write(
        branch: ContentRule.Branch, excluding others: [Int], _ type: MessageType, into json: inout JSONWriter
    ) {
        json.object { json in
            if !branch.required.isEmpty {
                json.member("required") { json in
                    json.array { json in branch.required.forEach { json.value(shape.name(of: type.fields[$0])) } }
                }
            }
            if !others.isEmpty { writeNot(others, type, into: &json) }
        }
    }

    private func write(noneOf fields: [Int], _ type: MessageType, into json: inout JSONWriter) {
        json.object { writeNot(fields, type, into: &$0) }
    }

    private func writeNot(_ fields: [Int], _ type: MessageType, into json: inout JSONWriter) {
        json.member("not") { json in
            json.object { json in
                json.member("anyOf") { json in
                    json.array { json in
                        for field in fields {
                            json.object { json in
                                json.member("required") { json in
                                    json.array { $0.value(shape.name(of: type.fields[field])) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Field {
    /// Whether it is an attribute in formats that have them (R3).
    fileprivate var isAttribute: Bool { name.utf8.first == UInt8(ascii: "@") }
}

extension ScalarType {
    /// The pattern that names of members keep where this is the type of a map's keys.
    fileprivate var memberNames: String? {
        switch kind {
        case .boolean: "^(true|false)$"
        case .int, .long, .integer: "^-?[0-9]+$"
        case .unsigned, .unsignedLong: "^[0-9]+$"
        default: nil
        }
    }
}
