internal import Buffers
internal import Canonical

/// Elements whose type the schema leaves open: typed where `xsi:type` says so, else text, else generic.
///
/// Generic is `{"$name": "{namespace}local", "@attribute": "…", "$children": ["text", {…}]}`, which loses nothing but
/// prefixes, comments and indentation.
extension XMLDecoder {
    mutating func anything(
        _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        guard xml.attributeCount > 0 else { return try textOrChildren(index, &xml, &builder) }
        if let attribute = xml.attributeIndex(.xsi, "type") {
            let found = plan.typeNamed(xml.attributeValue(attribute), xml)
            if found >= types.count { return try typedText(found &- types.count, index, &xml, &builder) }
            if found >= 0 { return try object(found, isNil: xml.isNil, index, &xml, &builder) }
        } else if xml.isNil, xml.hasOnlyInstanceAttributes {
            try emptiness(at: builder.nextIndex, &xml)
            return builder.null(field: index)
        }
        try generic(index, &xml, &builder)
    }

    /// A value of a known simple type: `{"@type": "{namespace}name", "$": …}`.
    private mutating func typedText(
        _ scalar: Int, _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        let object = builder.openObject(nil, field: index)
        builder.text(.key, "@type", field: Node.noField)
        if let attribute = xml.attributeIndex(.xsi, "type") {
            let name = builder.expandNames(builder.lexical(attribute: attribute, xml), xml, limit: sideLimit)
            string(name, Node.noField, &builder)
        }
        builder.text(.key, "$", field: Node.noField)
        var value = ValuePlan()
        value.content = ValuePlan.Content(plan.scalars[scalar].type)
        value.target = Int32(scalar)
        value.traits.insert(.isNillable)
        try simple(value, Node.noField, &xml, &builder)
        builder.close(object)
    }

    /// An element without attributes: a string when there is nothing but text in it.
    private mutating func textOrChildren(
        _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        let name = xml.localNameRange
        let namespace = xml.namespace
        var text = LexicalText.source(0..<0, isPlain: true)
        var token = try xml.next()
        if token == .text {
            text = builder.lexical(&xml)
            token = try xml.next()
        }
        guard token == .startElement else { return string(text, index, &builder) }
        let object = builder.openObject(nil, field: index)
        genericName(namespace, xml.source.span.extracting(name), xml, &builder)
        try children(text, &xml, &builder)
        builder.close(object)
    }

    /// An element as it is.
    private mutating func generic(
        _ index: UInt16, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        let object = builder.openObject(nil, field: index)
        genericName(xml.namespace, xml.localName, xml, &builder)
        for attribute in 0..<xml.attributeCount { genericAttribute(attribute, xml, &builder) }
        try checkSide(&builder, &xml)
        var text = LexicalText.source(0..<0)
        var token = try xml.next()
        if token == .text {
            text = builder.lexical(&xml)
            token = try xml.next()
        }
        if token == .startElement {
            try children(text, &xml, &builder)
        } else if !text.range.isEmpty {
            builder.text(.key, "$children", field: Node.noField)
            let list = builder.openList(field: Node.noField)
            string(text, Node.noField, &builder)
            builder.close(list)
        }
        builder.close(object)
    }

    private mutating func genericName(
        _ namespace: NamespaceID, _ local: RawSpan, _ xml: borrowing XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        builder.text(.key, "$name", field: Node.noField)
        let start = builder.side.count
        builder.append(namespace, local, xml)
        string(.side(start..<builder.side.count), Node.noField, &builder)
    }

    private mutating func genericAttribute(
        _ attribute: Int, _ xml: borrowing XMLTokenizer, _ builder: inout DocumentBuilder
    ) {
        let namespace = xml.attributeNamespace(attribute)
        let start = builder.side.count
        builder.side.append(UInt8(ascii: "@"))
        // `@type` names the type of an object.
        if namespace == .none, xml.attributeLocalName(attribute).equals("type") {
            builder.side.append(contentsOf: "{}".utf8)
        }
        builder.append(namespace, xml.attributeLocalName(attribute), xml)
        builder.sideText(.key, from: start, field: Node.noField)
        var value = builder.lexical(attribute: attribute, xml)
        if namespace == .xsi, xml.attributeLocalName(attribute).equals("type") {
            value = builder.expandNames(value, xml, limit: sideLimit)
        }
        string(value, Node.noField, &builder)
    }

    /// Child elements and the text around them, from the first child on; `text` came before it.
    private mutating func children(
        _ text: LexicalText, _ xml: inout XMLTokenizer, _ builder: inout DocumentBuilder
    ) throws(XMLError) {
        builder.text(.key, "$children", field: Node.noField)
        let list = builder.openList(field: Node.noField)
        if !builder.span(text).isIndentation { string(text, Node.noField, &builder) }
        var token = XMLToken.startElement
        while token == .startElement || token == .text {
            if token == .startElement {
                try generic(Node.noField, &xml, &builder)
            } else if !xml.text.isIndentation {
                string(builder.lexical(&xml), Node.noField, &builder)
            }
            token = try xml.next()
        }
        builder.close(list)
    }
}

extension XMLTokenizer {
    /// Whether all attributes of the current element are those of XML Schema itself.
    var hasOnlyInstanceAttributes: Bool {
        for attribute in 0..<attributeCount where attributeNamespace(attribute) != .xsi { return false }
        return true
    }
}

extension RawSpan {
    /// Whether this is nothing, or white space that breaks a line: there to be read by people.
    fileprivate var isIndentation: Bool {
        isBlank && (byteCount == 0 || firstIndex(of: UInt8(ascii: "\n")) != nil)
    }
}
