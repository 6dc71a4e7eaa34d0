// XMLCodec's upper layer: the schema-driven coder. A plan is compiled once per contract; decoding and encoding only
// follow it. It knows schemas and XML; it must not know SOAP.
internal import Buffers
public import Canonical

/// All message types of a schema compiled for reading and writing XML; immutable, shared by all workers.
///
/// Per type: child elements and attributes by name, start and end tags ready to be copied, derivation as ranges of
/// numbers. Everything that the hot path touches is numbers in flat arrays.
public final class XMLPlan: Sendable {
    public let schema: Schema
    /// What a tokenizer needs to read messages for this plan.
    public let namespaces: NamespaceTable

    let types: [TypePlan]
    let fields: [FieldPlan]
    let slots: [NameSlot]
    let choices: [ChoiceStep]
    let literals: Bytes
    let scalars: [ScalarCoder]
    /// The same without facets, for what is read leniently.
    let relaxed: [ScalarCoder]
    /// The same without the facets that do not decide what a value is: for who does not ask whether it keeps them.
    let unchecked: [ScalarCoder]
    let checkers: [ContentChecker]
    let wildcards: [WildcardPlan]
    /// Global elements, as if they were fields.
    let globals: [FieldPlan]
    let globalElements: NameTable
    /// A value below `types.count` is a message type, from there on the place of a scalar.
    let typeNames: NameTable
    let messagesByName: [String: Int]
    let prefixes: PrefixTable
    /// By message type: the namespaces that writing it may need, other than for what wildcards hold.
    let reach: NamespaceReach

    /// Compiles a plan.
    ///
    /// - Parameters:
    ///   - schema: Its fields and types carry `XMLNode` and `XMLTypeName`; a field without is an unqualified element.
    ///   - globals: What wildcards and `xs:anyType` resolve against.
    ///   - namespaces: Namespaces beyond the schema's that need numbers: of roots, of the envelope around them.
    public init(_ schema: Schema, globals: XMLGlobals = XMLGlobals(), namespaces: [String] = []) {
        var compiler = PlanCompiler(schema, globals, namespaces)
        compiler.compile()
        self.schema = schema
        self.namespaces = compiler.namespaces
        types = compiler.types
        fields = compiler.fields
        slots = compiler.slots.slots
        choices = compiler.choices
        literals = Bytes(compiler.literals.bytes)
        scalars = compiler.scalars
        relaxed = compiler.scalars.map(\.relaxed)
        unchecked = zip(compiler.scalars, relaxed).map { $0.isChosenByFacets ? $0 : $1 }
        checkers = schema.messages.map(ContentChecker.init)
        wildcards = compiler.wildcards
        self.globals = compiler.globalFields
        globalElements = compiler.globalElements
        typeNames = compiler.typeNames
        messagesByName = Dictionary(
            schema.messages.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        prefixes = compiler.prefixes
        reach = NamespaceReach(schema, types: types, fields: fields, namespaces: compiler.namespaces.count)
    }

    /// An element that stands on its own: the root of a document, the child of an envelope's body, a header.
    ///
    /// For load time. The element's namespace is one of the schema's or of those given to `init`.
    public func root(_ element: QualifiedName, type: ValueType, isNillable: Bool = false) -> XMLRoot {
        XMLRoot(element, type: type, isNillable: isNillable, in: self)
    }

    /// Whether values of message type `index` may stand where `declared` is asked for.
    func isType(_ index: Int, _ declared: Int) -> Bool {
        types[declared].places.contains(types[index].places.lowerBound)
    }

    /// What `name` leads to in `table`, the first not below `minimum` if there are several; -1 for nothing.
    func find(_ name: RawSpan, _ namespace: NamespaceID, in table: NameTable, from minimum: Int32 = 0) -> Int32 {
        guard table.mask >= 0 else { return -1 }
        let key = name.nameKey(0, name.byteCount)
        var place = NameSlot.hash(key, namespace, name) & table.mask
        var found: Int32 = -1
        while true {
            let slot = slots[table.first &+ place]
            if slot.value < 0 { return found }
            if slot.key == key, slot.namespace == namespace, name.byteCount < 8 || text(slot.name).equals(name) {
                if slot.value >= minimum { return slot.value }
                if found < 0 { found = slot.value }
            }
            place = (place &+ 1) & table.mask
        }
    }

    @_lifetime(borrow self)
    func text(_ literal: Literal) -> RawSpan {
        let literals = literals
        return _overrideLifetime(literals.span.extracting(literal.range), borrowing: self)
    }
}
