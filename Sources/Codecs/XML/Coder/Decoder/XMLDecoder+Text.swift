internal import Buffers
internal import Canonical

/// Simple values: of elements, of text with attributes around it, of attributes.
extension XMLDecoder {
    /// An element with text only.
    mutating func simple(
        _ value: ValuePlan, _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        if xml.attributeCount > 0 {
            refuseAttributes(xml, at: builder.nextIndex)
            if xml.isNil {
                if !value.isNillable { report.add(.nilValue, at: builder.nextIndex) }
                try emptiness(at: builder.nextIndex, &xml)
                return builder.null(field: index)
            }
        }
        try characters(value, index, &xml, &builder)
    }

    /// The text of an element that can have attributes too.
    mutating func text(
        _ cursor: inout Cursor, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        let place = Int(types[cursor.type].text)
        cursor.present.insert(place)
        var value = fields[cursor.first &+ place].value
        if !cursor.preset.isEmpty {
            value.preset = cursor.preset
            value.traits.insert(.hasDefault)
        }
        try characters(value, UInt16(truncatingIfNeeded: place), &xml, &builder)
    }

    /// Reads up to the end tag and appends the text as one value.
    private mutating func characters(
        _ value: ValuePlan, _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        let node = builder.nextIndex
        var token = try xml.next()
        if token == .text {
            append(builder.lexical(&xml), value, index, &xml, &builder)
            token = try xml.next()
        } else {
            empty(value, index, &xml, &builder)
        }
        while token != .endElement, token != .end {
            if token == .startElement {
                report.ignore(.unexpectedContent, at: node)
                _ = try xml.skipElement()
            } else if !xml.isBlankText {
                report.ignore(.unexpectedText, at: node)
            }
            token = try xml.next()
        }
        try checkSide(&builder, &xml)
    }

    /// An element without text: its default, if it has one (XSD 1.0 part 1 §3.3.1), else empty text.
    private mutating func empty(
        _ value: ValuePlan, _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        guard value.traits.contains(.hasDefault) else {
            return append(.source(0..<0, isPlain: true), value, index, &xml, &builder)
        }
        preset(value, index, &builder)
    }

    /// Appends the default of a value; a qualified name in it is in full already.
    mutating func preset(_ value: ValuePlan, _ index: UInt16, _ builder: inout DocumentBuilder) {
        let start = builder.side.count
        literals.extracting(value.preset.range).withUnsafeBytes { builder.side.append(contentsOf: $0) }
        let text = LexicalText.side(start..<builder.side.count)
        switch value.content {
        case .text, .message, .any, .nothing: string(text, index, &builder)
        case .scalar, .qualifiedName: scalar(text, value, index, &builder)
        }
    }

    /// Appends `text` as a value.
    mutating func append(
        _ text: LexicalText, _ value: ValuePlan, _ index: UInt16, _ xml: inout XMLTokenizer,
        _ builder: inout DocumentBuilder
    ) {
        switch value.content {
        case .text, .message, .any, .nothing: string(text, index, &builder)
        case .scalar: scalar(text, value, index, &builder)
        case .qualifiedName: scalar(builder.expandNames(text, xml, limit: sideLimit), value, index, &builder)
        }
    }

    private mutating func scalar(
        _ text: LexicalText, _ value: ValuePlan, _ index: UInt16, _ builder: inout DocumentBuilder
    ) {
        do {
            try coder(value).append(text, field: index, to: &builder)
        } catch {
            report.add(.scalar(error), at: builder.nextIndex)
            // The shape of a value does not depend on whether it keeps all rules of its type.
            if value.target < 0
                || (try? plan.relaxed[Int(value.target)].append(text, field: index, to: &builder)) == nil
            {
                string(text, index, &builder)
            }
        }
    }

    mutating func coder(_ value: ValuePlan) -> ScalarCoder {
        if value.target < 0 { return rootScalar }
        return report.isChecking ? plan.scalars[Int(value.target)] : plan.unchecked[Int(value.target)]
    }

    /// Appends `text` as it is.
    mutating func string(_ text: LexicalText, _ index: UInt16, _ builder: inout DocumentBuilder) {
        let flags: NodeFlags = text.isPlain || builder.span(text).isPlain ? .isPlain : []
        if text.isInSide {
            builder.sideText(.string, text.range, flags: flags, field: index)
        } else {
            builder.text(.string, text.range, flags: flags, field: index)
        }
    }
}

extension DocumentBuilder {
    /// The bytes of `text`.
    @_lifetime(borrow self)
    func span(_ text: LexicalText) -> RawSpan {
        if text.isInSide { return _overrideLifetime(side.span.bytes.extracting(text.range), borrowing: self) }
        return _overrideLifetime(source.span.extracting(text.range), borrowing: self)
    }

    /// The qualified names in `text` as `{namespace}local`; what is none stays as it is.
    ///
    /// Names without a prefix are in the default namespace (XSD 1.0 part 2 §3.2.18). Stops once the side
    /// area is longer than `limit`.
    mutating func expandNames(_ text: LexicalText, _ xml: borrowing XMLTokenizer, limit: Int) -> LexicalText {
        // The side area grows while it is read from.
        let names = Bytes(copying: span(text))
        let start = side.count
        var index = names.span.endOfWhitespace(from: 0)
        while index < names.count, side.count < limit {
            var end = index
            while end < names.count, !XMLCharacter.isWhitespace(names[end]) { end &+= 1 }
            if side.count > start { side.append(0x20) }
            expandName(names.span.extracting(index..<end), xml)
            index = names.span.endOfWhitespace(from: end)
        }
        return .side(start..<side.count)
    }

    private mutating func expandName(_ name: RawSpan, _ xml: borrowing XMLTokenizer) {
        let colon = name.firstIndex(of: UInt8(ascii: ":"))
        let prefix = name.extracting(0..<(colon ?? 0))
        if let namespace = xml.namespace(forPrefix: prefix) {
            append(namespace, name.extracting((colon.map { $0 &+ 1 } ?? 0)..<name.byteCount), xml)
        } else {
            name.withUnsafeBytes { side.append(contentsOf: $0) }
        }
    }
}
