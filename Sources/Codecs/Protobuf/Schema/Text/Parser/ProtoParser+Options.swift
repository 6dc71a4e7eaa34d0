internal import Buffers

/// Options and messages in text format.
extension ProtoParser {
    /// `option name = value;`
    mutating func option() throws(ProtoError) -> UninterpretedOption {
        advance()
        let option = try optionAssignment()
        try expectSemicolon()
        return option
    }

    /// `[name = value, …]`; returns those that are named `pseudo` and are no options.
    mutating func optionList(
        into options: inout DescriptorOptions, pseudo: [String] = []
    ) throws(ProtoError) -> [UninterpretedOption] {
        try expect("[")
        var others: [UninterpretedOption] = []
        repeat {
            let option = try optionAssignment()
            if pseudo.contains(where: option.isNamed) { others.append(option) } else { options.add(option) }
        } while take(",")
        guard take("]") else { throw expected("',' or ']'") }
        return others
    }

    private mutating func optionAssignment() throws(ProtoError) -> UninterpretedOption {
        var name: [UninterpretedOption.Part] = []
        repeat {
            let start = token.range.lowerBound
            if take("(") {
                let path = try path("the name of an extension", allowsLeadingDot: true)
                try expect(")")
                name.append(UninterpretedOption.Part(name: path, isExtension: true, place: start..<previousEnd))
            } else {
                let word = try identifier("the name of an option")
                name.append(UninterpretedOption.Part(name: word, isExtension: false, place: start..<previousEnd))
            }
        } while take(".")
        try expect("=")
        return UninterpretedOption(name: name, value: try optionValue())
    }

    private mutating func optionValue() throws(ProtoError) -> OptionValue {
        let start = token.range.lowerBound
        if take("{") {
            let fields = try textFields(until: "}")
            return OptionValue(content: .message(fields), place: start..<previousEnd)
        }
        return try scalarValue("a value")
    }

    private mutating func scalarValue(_ what: String) throws(ProtoError) -> OptionValue {
        let start = token.range.lowerBound
        let isNegative = take("-")
        let content: OptionValue.Content
        switch token.kind {
        case .identifier where isNegative: content = .float(-(try negatedIdentifier()))
        case .identifier: content = .identifier(try identifier(what))
        case .integer: content = try integerContent(isNegative: isNegative)
        case .float:
            let value = Double(text) ?? 0
            content = .float(isNegative ? -value : value)
            advance()
        case .string where !isNegative: content = .string(try string(what))
        default: throw expected(what)
        }
        return OptionValue(content: content, place: start..<previousEnd)
    }

    private mutating func integerContent(isNegative: Bool) throws(ProtoError) -> OptionValue.Content {
        let range = token.range
        let value = integerValue()
        // What is too large for an integer may still be a floating-point number.
        let float = Double(text)
        advance()
        if let value, !isNegative || value <= UInt64(Int64.max) + 1 { return .integer(value, isNegative: isNegative) }
        guard let float else { throw ProtoError("The number has more than 64 bits.", at: range, rule: "proto.number") }
        return .float(isNegative ? -float : float)
    }

    private mutating func negatedIdentifier() throws(ProtoError) -> Double {
        switch text {
        case "inf", "infinity": advance()
        case "nan":
            advance()
            // What is no number has no sign.
            return -Double.nan
        default: throw expected("'inf' or 'nan'")
        }
        return Double.infinity
    }

    // MARK: Text format

    /// The fields up to `close`, which is read too.
    private mutating func textFields(until close: Character) throws(ProtoError) -> [TextField] {
        let open = previousEnd - 1..<previousEnd
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw ProtoError("Values nest deeper than \(Self.maximumDepth) levels.", at: open, rule: "proto.depth")
        }
        var fields: [TextField] = []
        while !take(close) {
            guard token.kind != .end else { throw ProtoError("The value that begins here does not end.", at: open) }
            fields.append(try textField())
            if !take(",") { _ = take(";") }
        }
        return fields
    }

    private mutating func textField() throws(ProtoError) -> TextField {
        let start = token.range.lowerBound
        let name = try textFieldName()
        let place = start..<previousEnd
        let hasColon = take(":")
        guard take("[") else {
            let value = try textValue(isScalarAllowed: hasColon)
            return TextField(name: name, place: place, values: [value], isList: false)
        }
        var values: [OptionValue] = []
        if !take("]") {
            repeat {
                values.append(try textValue(isScalarAllowed: hasColon))
            } while take(",")
            guard take("]") else { throw expected("',' or ']'") }
        }
        return TextField(name: name, place: place, values: values, isList: true)
    }

    /// `field`, `[full.name]` or `[host/full.name]`.
    private mutating func textFieldName() throws(ProtoError) -> TextField.Name {
        guard take("[") else { return .field(try identifier("the name of a field")) }
        let first = try domain()
        guard take("/") else {
            try expect("]")
            return .extension(first)
        }
        var host = first
        var type = try domain()
        while take("/") {
            host += "/" + type
            type = try domain()
        }
        try expect("]")
        return .any(host: host, type: type)
    }

    /// Names with dots and hyphens between.
    private mutating func domain() throws(ProtoError) -> String {
        var name = try identifier("a name")
        while at(".") || at("-") {
            name += text
            advance()
            name += try identifier("a name")
        }
        return name
    }

    private mutating func textValue(isScalarAllowed: Bool) throws(ProtoError) -> OptionValue {
        let start = token.range.lowerBound
        for (open, close) in [("{", "}"), ("<", ">")] as [(Character, Character)] where take(open) {
            let fields = try textFields(until: close)
            return OptionValue(content: .message(fields), place: start..<previousEnd)
        }
        guard isScalarAllowed else { throw expected("':'") }
        return try scalarValue("a value")
    }
}

extension DescriptorOptions {
    static let empty = Bytes()

    mutating func add(_ option: UninterpretedOption) {
        if encoded == nil { encoded = Self.empty }
        uninterpreted.append(option)
    }
}
