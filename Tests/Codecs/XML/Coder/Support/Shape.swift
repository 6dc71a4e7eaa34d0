import Buffers
import Canonical

/// A message as JSON would show it: what tests write, read back and compare. The order of members means nothing.
indirect enum Shape {
    case null
    case boolean(Bool)
    /// By its digits.
    case number(String)
    case string(String)
    case array([Shape])
    case object([(String, Shape)])
}

extension Shape: Equatable {
    static func == (left: Shape, right: Shape) -> Bool { left.description == right.description }
}

extension Shape: CustomStringConvertible {
    var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let digits): digits
        case .string(let text): "\"\(text)\""
        case .array(let items): "[" + items.map(\.description).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.sorted { $0.0 < $1.0 }.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
        }
    }
}

extension Shape: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number("\(value)") }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: Shape...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, Shape)...) { self = .object(elements) }
}

extension Shape {
    /// An object of one member.
    static func member(_ name: String, _ value: Shape) -> Shape { .object([(name, value)]) }
}

// MARK: Tape to shape

extension Shape {
    /// The value at `index`, declared as `declared`; nil stands for a value that may be anything.
    init(_ document: Document, at index: Int = 0, as declared: MessageID? = nil, in schema: Schema) {
        let node = document.nodes[index]
        switch node.kind {
        case .null: self = .null
        case .true: self = true
        case .false: self = false
        case .number: self = .number(String(decoding: document.text(of: node)))
        case .signed: self = .number("\(Int64(bitPattern: node.payload))")
        case .unsigned: self = .number("\(node.payload)")
        case .double: self = .number("\(Double(bitPattern: node.payload))")
        case .string, .bytes, .key: self = .string(String(decoding: document.text(of: node)))
        case .list: self = .array(document.children(of: index).map { Shape(document, at: $0, in: schema) })
        case .object:
            if let type = node.message {
                self = Shape.typed(document, index, type, declared, schema)
            } else {
                self = Shape.untyped(document, index, schema)
            }
        }
    }

    private static func typed(
        _ document: Document, _ index: Int, _ type: MessageID, _ declared: MessageID?, _ schema: Schema
    ) -> Shape {
        let message = schema[type]
        var members: [(String, Shape)] = []
        if declared != type || message.isPolymorphic { members.append(("@type", .string(message.name))) }
        if document.nodes[index].flags.contains(.isNil) { members.append(("$nil", true)) }
        for child in document.children(of: index) {
            let place = Int(document.nodes[child].field)
            if document.nodes[child].field == Node.unknownElement {
                append(Shape(document, at: child, in: schema), to: "$any", of: &members)
                continue
            }
            if document.nodes[child].field == Node.unknownAttributes {
                members.append(("@*", Shape(document, at: child, in: schema)))
                continue
            }
            guard place < message.fields.count else {
                members.append(("#text", Shape(document, at: child, in: schema)))
                continue
            }
            let field = message.fields[place]
            var declared: MessageID?
            if case .message(let id) = field.type { declared = id }
            let value = Shape(document, at: child, as: declared, in: schema)
            guard field.cardinality.isRepeated else {
                members.append((field.name, value))
                continue
            }
            append(value, to: field.name, of: &members)
        }
        return .object(members)
    }

    private static func append(_ value: Shape, to name: String, of members: inout [(String, Shape)]) {
        if let open = members.firstIndex(where: { $0.0 == name }), case .array(let items) = members[open].1 {
            members[open].1 = .array(items + [value])
        } else {
            members.append((name, [value]))
        }
    }

    private static func untyped(_ document: Document, _ index: Int, _ schema: Schema) -> Shape {
        var members: [(String, Shape)] = []
        var key = ""
        for child in document.children(of: index) {
            if document.nodes[child].kind == .key {
                key = String(decoding: document.text(of: document.nodes[child]))
            } else {
                members.append((key, Shape(document, at: child, in: schema)))
            }
        }
        return .object(members)
    }
}

// MARK: Shape to tape

extension Shape {
    /// The tape that a JSON reader would make of it for `type`, members in the order given.
    func document(as type: ValueType, in schema: Schema) -> Document {
        var builder = DocumentBuilder()
        append(type, Node.noField, schema, &builder)
        return builder.finish()
    }

    private func append(_ type: ValueType, _ field: UInt16, _ schema: Schema, _ builder: inout DocumentBuilder) {
        switch (self, type) {
        case (.null, _): builder.null(field: field)
        case (.boolean(let value), _): builder.boolean(value, field: field)
        case (.number(let digits), _): builder.text(.number, digits, field: field)
        case (.string(let text), .scalar(let scalar)): appendText(text, scalar, field, &builder)
        case (.string(let text), _): builder.text(.string, text, field: field)
        case (.array(let items), _):
            let list = builder.openList(field: field)
            var item = ValueType.any
            if case .scalar(let scalar) = type, case .list(let inner) = scalar.kind { item = .scalar(inner) }
            for value in items { value.append(item, Node.noField, schema, &builder) }
            builder.close(list)
        case (.object(let members), .message(let id)): Shape.append(members, id, field, schema, &builder)
        case (.object(let members), _):
            let object = builder.openObject(nil, field: field)
            for (name, value) in members {
                builder.text(.key, name, field: Node.noField)
                value.append(.any, Node.noField, schema, &builder)
            }
            builder.close(object)
        }
    }

    private func appendText(_ text: String, _ scalar: ScalarType, _ field: UInt16, _ builder: inout DocumentBuilder) {
        if case .bytes = scalar.kind {
            let start = builder.side.count
            builder.side.append(contentsOf: text.utf8)
            builder.sideText(.bytes, from: start, flags: .isBase64, field: field)
        } else {
            builder.text(.string, text, field: field)
        }
    }

    private static func append(
        _ members: [(String, Shape)], _ declared: MessageID, _ field: UInt16, _ schema: Schema,
        _ builder: inout DocumentBuilder
    ) {
        var type = declared
        if let name = members.first(where: { $0.0 == "@type" })?.1, case .string(let name) = name {
            type = MessageID(schema.messages.firstIndex { $0.name == name } ?? declared.index)
        }
        let object = builder.openObject(type, field: field)
        for (name, value) in members where name != "@type" {
            if name == "$nil" {
                builder.insertFlags(.isNil, at: object)
                continue
            }
            guard let place = schema[type].fields.firstIndex(where: { $0.name == name }) else { continue }
            let inner = schema[type].fields[place]
            if inner.cardinality.isRepeated, case .array(let items) = value {
                for item in items { item.append(inner.type, UInt16(place), schema, &builder) }
            } else {
                value.append(inner.type, UInt16(place), schema, &builder)
            }
        }
        builder.close(object)
    }
}
