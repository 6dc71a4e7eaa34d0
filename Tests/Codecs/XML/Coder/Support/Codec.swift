import Buffers
import Canonical
import XMLCodec

/// One root element with its coder, in shapes and strings.
struct Codec {
    let schema: Schema
    let type: ValueType
    let coder: XMLCoder

    /// - Parameter fields: Those of the root's type, which is the last one of the schema.
    init(
        _ fields: [Field] = [], rules: [ContentRule] = [], isMixed: Bool = false, isUnordered: Bool = false,
        options: XMLOptions = .request, globals: XMLGlobals = XMLGlobals(), isNillable: Bool = false,
        types: (inout Schema.Builder) -> [Field] = { _ in [] }
    ) {
        var builder = Schema.Builder()
        let more = types(&builder)
        let id = builder.add(
            .named("Root", fields + more, rules: rules, isMixed: isMixed, isUnordered: isUnordered))
        self.init(builder.build(), .message(id), options: options, globals: globals, isNillable: isNillable)
    }

    init(
        _ schema: Schema, _ type: ValueType, options: XMLOptions = .request, globals: XMLGlobals = XMLGlobals(),
        isNillable: Bool = false
    ) {
        let plan = XMLPlan(schema, globals: globals, namespaces: [tns])
        self.schema = schema
        self.type = type
        coder = XMLCoder(plan.root(QualifiedName(tns, "root"), type: type, isNillable: isNillable), options: options)
    }

    /// What is inside `<t:root>`; the prefixes t, x and xsi are declared.
    func decode(_ content: String, attributes: String = "") throws(Failure) -> Shape {
        try decode(document: Codec.document(content, attributes))
    }

    func decode(document: String) throws(Failure) -> Shape {
        Shape(try coder.decode(Bytes(document)), as: declared, in: schema)
    }

    /// The violations, as `pointer rule`.
    func violations(_ content: String, attributes: String = "") -> [String] {
        do throws(Failure) {
            _ = try decode(content, attributes: attributes)
            return []
        } catch {
            return error.violations.map { "\($0.pointer) \($0.rule)" }
        }
    }

    func encode(_ shape: Shape) throws(Failure) -> String {
        var out = ByteWriter()
        try coder.encode(shape.document(as: type, in: schema), into: &out)
        return String(out.finish())
    }

    /// Without the root's own tags.
    func content(_ shape: Shape) throws(Failure) -> String {
        let whole = try encode(shape)
        guard let start = whole.firstIndex(of: ">"), let end = whole.lastIndex(of: "<") else { return whole }
        let inner = whole.index(after: start)
        return inner < end ? String(whole[inner..<end]) : ""
    }

    /// The start tag of the root without its declarations.
    func rootTag(_ shape: Shape) throws(Failure) -> String {
        let whole = try encode(shape)
        let tag = whole.prefix { $0 != ">" } + ">"
        return tag.split(separator: " ").filter { !$0.hasPrefix("xmlns:") }.joined(separator: " ")
    }

    var declared: MessageID? {
        if case .message(let id) = type { id } else { nil }
    }

    static func document(_ content: String, _ attributes: String = "") -> String {
        "<t:root xmlns:t='\(tns)' xmlns:x='urn:x' xmlns:xs='http://www.w3.org/2001/XMLSchema' "
            + "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'\(attributes)>\(content)</t:root>"
    }
}
