public import Canonical

/// A schema compiled for JSON; one per contract and set of options, shared by its coders.
public final class JSONPlan: Sendable {
    let options: JSONOptions
    let schema: Schema
    let messages: [MessagePlan]
    let scalars: ScalarCoders
    /// Types by the name that `@type` says.
    let typeNames: NameTable
    /// Anything at all.
    let untyped: FieldPlan

    public init(_ schema: Schema, options: JSONOptions = JSONOptions()) {
        self.schema = schema
        self.options = options
        let scalars = ScalarCoders(schema)
        self.scalars = scalars
        messages = schema.messages.indices.map { index in
            MessagePlan(schema.messages[index], id: MessageID(index), scalars: scalars, options: options)
        }
        untyped = FieldPlan(Field(name: "", type: .any), scalars: scalars, options: options)
        typeNames = NameTable(schema.messages.map(\.name))
    }
}

/// One coder per simple type, however many fields have it.
struct ScalarCoders: Sendable {
    private var coders: [ObjectIdentifier: ScalarCoder] = [:]

    init(_ schema: Schema) {
        for message in schema.messages {
            for field in message.fields {
                guard case .scalar(let type) = field.type, coders[ObjectIdentifier(type)] == nil else { continue }
                coders[ObjectIdentifier(type)] = ScalarCoder(type, isLenient: true)
            }
        }
    }

    subscript(type: ScalarType) -> ScalarCoder {
        coders[ObjectIdentifier(type)] ?? ScalarCoder(type, isLenient: true)
    }
}
