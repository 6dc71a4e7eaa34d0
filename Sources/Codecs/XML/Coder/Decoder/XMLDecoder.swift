internal import Buffers
internal import Canonical

/// Reads elements into a tape along a plan, in one pass and with at most one token of the document in hand.
///
/// Every method begins with the tokenizer on a start tag and ends with it on the end tag of the same element. What is
/// called per element takes its large arguments, and itself, `inout` even where nothing changes: to lend a struct of
/// many words, the compiler copies it.
struct XMLDecoder: ~Copyable, ~Escapable {
    let plan: XMLPlan
    let types: Span<TypePlan>
    let fields: Span<FieldPlan>
    let literals: RawSpan
    /// The simple type of a root that has one; its value's target is -1.
    let rootScalar: ScalarCoder
    /// How long the side area may become: names in full are longer than what they stand for.
    let sideLimit: Int
    var report: XMLReport
    /// The attributes of the elements that are being written as JSON, where they stand among the elements.
    var waiting: [AttributeText] = []

    @_lifetime(borrow plan)
    init(_ plan: borrowing XMLPlan, rootScalar: ScalarCoder?, _ report: XMLReport, sourceCount: Int) {
        self.plan = copy plan
        self.rootScalar = rootScalar ?? XMLDecoder.text
        self.report = report
        sideLimit = min(max(16 * 1024 * 1024, sourceCount &* 4), Int(UInt32.max))
        let types = plan.types
        let fields = plan.fields
        let literals = plan.literals
        // The arrays belong to the plan, which does not change and is held for as long as these spans.
        self.types = _overrideLifetime(types.span, borrowing: plan)
        self.fields = _overrideLifetime(fields.span, borrowing: plan)
        self.literals = _overrideLifetime(literals.span, borrowing: plan)
    }

    static let text = ScalarCoder(ScalarType(.string))

    /// Reads the element as a value and appends it as one of the field `index`.
    mutating func value(
        _ value: ValuePlan, _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        switch value.content {
        case .text, .scalar, .qualifiedName: try simple(value, index, &xml, &builder)
        case .message: try message(value, index, &xml, &builder)
        case .any: try anything(index, &xml, &builder)
        case .nothing: try nothing(index, &xml, &builder)
        }
    }

    /// An object of the type declared, or of the one that `xsi:type` names.
    private mutating func message(
        _ value: ValuePlan, _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        var type = Int(value.target)
        var isNil = false
        if xml.attributeCount > 0 {
            isNil = xml.isNil
            type = instanceType(xml, declared: type, at: builder.nextIndex)
        }
        if types[type].traits.contains(.isAbstract) { report.add(.abstractType, at: builder.nextIndex) }
        try object(type, isNil: isNil, preset: value.preset, index, &xml, &builder)
        if isNil, !value.isNillable { report.add(.nilValue, at: builder.nextIndex &- 1) }
    }

    /// An object of message type `type`; empty text in it means `preset`.
    mutating func object(
        _ type: Int, isNil: Bool, preset: Literal = .empty, _ index: UInt16, _ xml: inout XMLTokenizer,
        _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        let object = builder.openObject(MessageID(type), field: index)
        var cursor = Cursor(type, types[type], object: object)
        cursor.preset = preset
        if xml.attributeCount > 0 {
            attributes(&cursor, &xml, &builder)
            try checkSide(&builder, &xml)
        }
        if isNil {
            try emptiness(at: object, &xml)
            if builder.nextIndex == object &+ 1 {
                builder.rollBack(nodes: object, side: builder.side.count)
                return builder.null(field: index)
            }
            builder.insertFlags(.isNil, at: object)
        } else {
            if report.options.fillsDefaults, types[type].traits.contains(.hasAttributes) {
                fillAttributes(&cursor, &xml, &builder)
            }
            if types[type].text >= 0 {
                try text(&cursor, &xml, &builder)
            } else {
                try content(&cursor, &xml, &builder)
            }
            if report.isChecking { check(&cursor, &builder) }
        }
        builder.close(object)
    }

    /// An element without a type: it should be empty.
    private mutating func nothing(
        _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        try emptiness(at: builder.nextIndex, &xml)
        builder.null(field: index)
    }

    /// Moves to the end of an element that should have no content.
    mutating func emptiness(at node: Int, _ xml: inout XMLTokenizer) throws(XMLError) {
        while true {
            switch try xml.next() {
            case .endElement, .end: return
            case .text: if !xml.isBlankText { report.ignore(.unexpectedText, at: node) }
            case .startElement:
                report.ignore(.unexpectedContent, at: node)
                _ = try xml.skipElement()
            }
        }
    }

    /// Refuses documents that become much larger by their names in full.
    mutating func checkSide(_ builder: inout DocumentBuilder, _ xml: inout XMLTokenizer) throws(XMLError) {
        if builder.side.count >= sideLimit { throw XMLError(.tooLarge, at: xml.range.lowerBound) }
    }

    // MARK: xsi:type

    /// The message type that `xsi:type` names, if it may stand for `declared`; else `declared`.
    mutating func instanceType(_ xml: borrowing XMLTokenizer, declared: Int, at node: Int) -> Int {
        guard let attribute = xml.attributeIndex(.xsi, "type") else { return declared }
        let found = plan.typeNamed(xml.attributeValue(attribute), xml)
        guard found >= 0, found < types.count, plan.isType(found, declared) else {
            report.add(.unknownType, at: node)
            return declared
        }
        return found
    }
}

extension XMLPlan {
    /// What the QName `name` leads to among the type names; -1 for nothing.
    func typeNamed(_ name: RawSpan, _ xml: borrowing XMLTokenizer) -> Int {
        let name = name.trimmed
        let colon = name.firstIndex(of: UInt8(ascii: ":"))
        let prefix = name.extracting(0..<(colon ?? 0))
        guard let namespace = xml.namespace(forPrefix: prefix) else { return -1 }
        return Int(find(name.extracting((colon.map { $0 &+ 1 } ?? 0)..<name.byteCount), namespace, in: typeNames))
    }
}

extension XMLTokenizer {
    /// Whether the element says `xsi:nil`.
    var isNil: Bool {
        guard let attribute = attributeIndex(.xsi, "nil") else { return false }
        let value = attributeValue(attribute).trimmed
        return value.equals("true") || value.equals("1")
    }
}

extension RawSpan {
    /// Without white space at its ends.
    var trimmed: RawSpan {
        @_lifetime(copy self) get {
            let start = endOfWhitespace(from: 0)
            var end = byteCount
            while end > start, XMLCharacter.isWhitespace(self[end &- 1]) { end &-= 1 }
            return extracting(start..<end)
        }
    }
}
