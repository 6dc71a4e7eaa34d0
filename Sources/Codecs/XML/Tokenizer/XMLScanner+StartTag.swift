internal import Buffers

extension XMLScanner {
    mutating func startTag(_ input: RawSpan) throws(XMLError) -> XMLToken {
        attributes.removeAll()
        hasDefaultDeclaration = false
        if stack.count >= limits.depth { throw XMLError(.tooDeep, at: tokenStart) }
        let name = try input.qualifiedName(from: index &+ 1, limit: limits.nameBytes)
        element = OpenElement(
            nameStart: name.start, localStart: name.localStart, nameEnd: name.end, outerBindings: scope.count,
            outerDefault: scope.defaultNamespace)
        index = name.end
        phase = .content
        if input.peek(index) != UInt8(ascii: ">") { try restOfStartTag(input) }
        index &+= 1
        if index &- tokenStart > limits.tagBytes { throw XMLError(.tagTooLarge, at: tokenStart) }
        guard let namespace = scope.elementNamespace(tokenStart, name.localStart, in: input) else {
            throw XMLError(.undeclaredPrefix, at: name.start)
        }
        element.namespace = namespace
        stack.append(element)
        return .startElement
    }

    /// From behind the name to the `>`.
    private mutating func restOfStartTag(_ input: RawSpan) throws(XMLError) {
        decoded.truncate(to: 0)
        var count = 0
        while true {
            let start = index
            index = input.endOfWhitespace(from: index)
            let byte = input.peek(index)
            if byte == UInt8(ascii: ">") { break }
            if byte == UInt8(ascii: "/") {
                index &+= 1
                guard input.peek(index) == UInt8(ascii: ">") else { throw input.syntaxError(at: index) }
                phase = .emptyElement
                break
            }
            guard index > start else { throw input.syntaxError(at: index) }
            count &+= 1
            if count > limits.attributes { throw XMLError(.tooManyAttributes, at: index) }
            try attribute(input)
            if index &- tokenStart > limits.tagBytes { throw XMLError(.tagTooLarge, at: tokenStart) }
        }
        try resolveAttributes(input)
    }

    /// One attribute or namespace declaration.
    private mutating func attribute(_ input: RawSpan) throws(XMLError) {
        let name = try input.qualifiedName(from: index, limit: limits.nameBytes)
        index = input.endOfWhitespace(from: name.end)
        guard input.peek(index) == UInt8(ascii: "=") else { throw input.syntaxError(at: index) }
        index = input.endOfWhitespace(from: index &+ 1)
        let quote = input.peek(index)
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw input.syntaxError(at: index) }
        index &+= 1
        var item = AttributeList.Attribute(
            nameStart: name.start, localStart: name.localStart, nameEnd: name.end, valueStart: index,
            valueEnd: input.endOfPlainValue(from: index, quote: quote), isVerbatim: true)
        index = item.valueEnd
        if input.peek(index) != quote {
            item.isVerbatim = false
            item.valueStart = try decodeValue(input, from: item.valueStart, quote: quote)
            item.valueEnd = decoded.count
        }
        index &+= 1
        if name.hasPrefix ? name.localStart &- name.start == 6 : name.end &- name.start == 5,
            input.begins("xmlns", at: name.start)
        {
            try declare(item, in: input)
        } else {
            attributes.items.append(item)
        }
    }

    /// Writes the value that begins at `start` into `decoded` and returns where it begins there; `index` is at the
    /// first character that needs care, and comes to the closing quote.
    private mutating func decodeValue(_ input: RawSpan, from start: Int, quote: UInt8) throws(XMLError) -> Int {
        let place = decoded.count
        decoded.append(input.extracting(start..<index))
        while true {
            let byte = input.peek(index)
            switch byte {
            case quote: return place
            case 0: throw XMLError(.truncated, at: index)
            case UInt8(ascii: "<"): throw XMLError(.syntax, at: index)
            case UInt8(ascii: "&"): try appendReference(input)
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                // A line end is one space, however it is written (XML 1.0 §3.3.3).
                let isPair = byte == UInt8(ascii: "\r") && input.peek(index &+ 1) == UInt8(ascii: "\n")
                decoded.append(UInt8(ascii: " "))
                index &+= isPair ? 2 : 1
            default:
                let end = input.endOfPlainValue(from: index, quote: quote)
                decoded.append(input.extracting(index..<end))
                index = end
            }
        }
    }

    /// A namespace declaration (Namespaces in XML 1.0 §2, §3).
    private mutating func declare(_ item: AttributeList.Attribute, in input: RawSpan) throws(XMLError) {
        let namespace = try declaredNamespace(item, in: input)
        if namespace == .xmlns { throw XMLError(.namespace, at: item.nameStart) }
        guard item.hasPrefix else {
            if namespace == .xml { throw XMLError(.namespace, at: item.nameStart) }
            // Twice in one tag, it is the same attribute twice.
            if hasDefaultDeclaration { throw XMLError(.duplicateAttribute, at: item.nameStart) }
            hasDefaultDeclaration = true
            scope.bindDefault(to: namespace)
            return
        }
        let prefix = input.extracting(item.localStart..<item.nameEnd)
        let isXML = prefix.equals("xml")
        if namespace == .none || prefix.equals("xmlns") || isXML != (namespace == .xml) {
            throw XMLError(.namespace, at: item.nameStart)
        }
        if scope.isBound(item.localStart, item.nameEnd, since: element.outerBindings, in: input) {
            throw XMLError(.duplicateAttribute, at: item.nameStart)
        }
        try scope.bind(item.localStart, item.nameEnd, to: namespace, in: input)
    }

    private mutating func declaredNamespace(
        _ item: AttributeList.Attribute, in input: RawSpan
    ) throws(XMLError) -> NamespaceID {
        let range = item.valueStart..<item.valueEnd
        if item.isVerbatim { return try scope.id(of: input.extracting(range), at: item.nameStart) }
        let name = Bytes(copying: decoded.written.extracting(range))
        return try scope.id(of: name.span, at: item.nameStart)
    }

    /// Gives the attributes their namespaces, now that all declarations of the tag are known, and refuses equal ones.
    private mutating func resolveAttributes(_ input: RawSpan) throws(XMLError) {
        var index = 0
        while index < attributes.items.count {
            let item = attributes.items[index]
            if item.hasPrefix {
                attributes.items[index].namespace = try namespace(item.nameStart, item.localStart &- 1, in: input)
            }
            index &+= 1
        }
        if attributes.items.count > 1, let duplicate = attributes.duplicate(in: input) {
            throw XMLError(.duplicateAttribute, at: duplicate)
        }
    }

    private mutating func namespace(_ start: Int, _ end: Int, in input: RawSpan) throws(XMLError) -> NamespaceID {
        guard let namespace = scope.namespace(start, end, in: input) else {
            throw XMLError(.undeclaredPrefix, at: start)
        }
        return namespace
    }
}
