internal import Buffers
internal import Canonical

/// Writes a tape as elements along a plan: the schema's order, whatever order the tape has.
///
/// Start tags are written open, `<name`, so that attributes and declarations can follow; who has the content closes them.
struct XMLEncoder: ~Copyable, ~Escapable {
    let plan: XMLPlan
    let types: Span<TypePlan>
    let fields: Span<FieldPlan>
    let literals: RawSpan
    let nodes: Span<Node>
    /// The simple type of a root that has one; its value's target is -1.
    let rootScalar: ScalarCoder?
    /// By namespace id: whether the plan's prefix for it is in scope.
    var declared: [Bool]
    /// Namespaces with prefixes of our own making, those in scope: `_1`, `_2`….
    var fresh: [Bytes] = []

    @_lifetime(borrow root, borrow document)
    init(_ root: borrowing XMLRoot, _ document: borrowing Document) {
        plan = root.plan
        rootScalar = root.scalar
        declared = root.declared
        let types = root.plan.types
        let fields = root.plan.fields
        let literals = root.plan.literals
        let nodes = document.nodes
        // The arrays belong to the plan and to the document, which do not change and live longer than these spans.
        self.types = _overrideLifetime(types.span, borrowing: root)
        self.fields = _overrideLifetime(fields.span, borrowing: root)
        self.literals = _overrideLifetime(literals.span, borrowing: root)
        self.nodes = _overrideLifetime(nodes.span, borrowing: document)
    }

    /// Writes the element of a child that belongs to `field` of the plan.
    mutating func element(
        _ index: Int, _ field: Int, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        let value = fields[field].value
        if nodes[index].kind == .null, !value.isNillable, value.content != .any {
            // Null where nothing can be nil is as good as absent.
            if value.isRequired { throw XMLEncodingError(.null, at: index) }
            return
        }
        out.append(literals.extracting(fields[field].open.range))
        try self.value(value, index, close: literals.extracting(fields[field].close.range), document, &out)
    }

    /// Writes the value at `index` behind an open start tag, and `close` or `/>`.
    mutating func value(
        _ value: ValuePlan, _ index: Int, close: RawSpan, _ document: borrowing Document, _ out: inout ByteWriter
    ) throws(XMLEncodingError) {
        if nodes[index].kind == .null { return try null(index, &out) }
        switch value.content {
        case .text, .scalar:
            out.append(UInt8(ascii: ">"))
            try text(value, index, document, &out)
            out.append(close)
        case .qualifiedName:
            let mark = fresh.count
            try declareNames(index, document, &out)
            out.append(UInt8(ascii: ">"))
            try names(index, document, &out)
            out.append(close)
            leave(mark)
        case .message: try object(Int(value.target), index, close: close, document, &out)
        case .any: try anything(index, close: close, document, &out)
        case .nothing: out.append("/>")
        }
    }

    mutating func null(_ index: Int, _ out: inout ByteWriter) throws(XMLEncodingError) {
        let mark = fresh.count
        try declare(.xsi, &out)
        out.append(" xsi:nil=\"true\"/>")
        leave(mark)
    }
}
