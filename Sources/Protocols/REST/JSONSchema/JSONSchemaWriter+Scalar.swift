internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

extension JSONSchemaWriter {
    /// Writes the schema of a simple value, as the JSON coder shows it.
    func write(_ scalar: ScalarType, isNillable: Bool, into json: inout JSONWriter) {
        if isNillable {
            return json.object { json in
                json.member("anyOf") { json in
                    json.array { json in
                        write(scalar, isNillable: false, into: &json)
                        json.object { $0.member("type", "null") }
                    }
                }
            }
        }
        json.object { json in
            if let text = scalar.documentation { json.member("description", text) }
            if let name = scalar.name { json.member(isProtobuf ? "x-protobuf-type" : "x-xsd-type", name) }
            writeKind(scalar, into: &json)
            // The other types of text that protobuf has for messages have no format with a name.
            if scalar.name == WellKnownType.timestamp.rawValue { json.member("format", "date-time") }
            writeEnumeration(scalar, into: &json)
            writePatterns(scalar, into: &json)
        }
    }

    /// Whether it is an enum of protobuf that is shown by its numbers.
    private func isNumbered(_ scalar: ScalarType) -> Bool {
        shape.showsEnumsAsNumbers && isProtobuf && scalar.facets.enumeration?.isEmpty == false
    }

    private func writeKind(_ scalar: ScalarType, into json: inout JSONWriter) {
        if isNumbered(scalar) { return json.member("type", "integer") }
        let isNumber = ScalarCoder(scalar).jsonForm(shape.numbers) == .number
        switch scalar.kind {
        case .string, .qualifiedName: writeText(scalar.facets, format: nil, into: &json)
        case .uri: writeText(scalar.facets, format: "uri-reference", into: &json)
        case .temporal: writeText(Facets(), format: nil, into: &json)
        case .boolean: json.member("type", "boolean")
        case .int(let bits), .unsigned(let bits):
            json.member("type", "integer")
            if case .int = scalar.kind, bits == 32 { json.member("format", "int32") }
            writeBounds(scalar.facets, into: &json)
        case .long, .unsignedLong, .integer:
            json.member("type", isNumber ? "integer" : "string")
            if isNumber {
                writeBounds(scalar.facets, into: &json)
            } else {
                json.member("format", scalar.kind.isLong ? "int64" : "integer")
            }
        case .decimal:
            json.member("type", isNumber ? "number" : "string")
            json.member("format", "decimal")
        case .float(let bits): writeFloat(bits: bits, scalar.facets, into: &json)
        case .bytes(.base64):
            json.member("type", "string")
            json.member("contentEncoding", "base64")
        case .bytes(.hexadecimal):
            json.member("type", "string")
            json.member("contentEncoding", "base16")
        case .list(let item): writeList(of: item, scalar.facets, into: &json)
        case .union(let members):
            json.member("anyOf") { json in
                json.array { json in members.forEach { write($0, isNillable: false, into: &json) } }
            }
        }
    }

    /// A number, or one of the three values that JSON has no number for.
    private func writeFloat(bits: Int, _ facets: Facets, into json: inout JSONWriter) {
        json.member("anyOf") { json in
            json.array { json in
                json.object { json in
                    json.member("type", "number")
                    json.member("format", bits == 32 ? "float" : "double")
                    writeBounds(facets, into: &json)
                }
                json.object { json in
                    json.member("enum") { json in
                        let names = isProtobuf ? ["NaN", "Infinity", "-Infinity"] : ["NaN", "INF", "-INF"]
                        json.array { json in names.forEach { json.value($0) } }
                    }
                }
            }
        }
    }

    private func writeList(of item: ScalarType, _ facets: Facets, into json: inout JSONWriter) {
        json.member("type", "array")
        json.member("items") { write(item, isNillable: false, into: &$0) }
        if let least = facets.minimumLength ?? facets.length { json.member("minItems", least) }
        if let most = facets.maximumLength ?? facets.length { json.member("maxItems", most) }
    }

    private func writeText(_ facets: Facets, format: String?, into json: inout JSONWriter) {
        json.member("type", "string")
        if let format { json.member("format", format) }
        if let least = facets.minimumLength ?? facets.length { json.member("minLength", least) }
        if let most = facets.maximumLength ?? facets.length { json.member("maxLength", most) }
    }

    /// Bounds as JSON numbers; what is no JSON number (`INF`) is no bound.
    private func writeBounds(_ facets: Facets, into json: inout JSONWriter) {
        for (bound, inclusive, exclusive) in [
            (facets.minimum, "minimum", "exclusiveMinimum"), (facets.maximum, "maximum", "exclusiveMaximum"),
        ] {
            guard let bound, bound.value.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?/) != nil else { continue }
            json.name(bound.isExclusive ? exclusive : inclusive)
            json.number(bound.value)
        }
    }

    private func writeEnumeration(_ scalar: ScalarType, into json: inout JSONWriter) {
        guard let values = scalar.facets.enumeration, !values.isEmpty, !isNumbered(scalar) else { return }
        let form = ScalarCoder(scalar).jsonForm(shape.numbers)
        // The literals of a list or a union are XML's, not those that JSON shows: they are for people.
        let isExact = form == .string || form == .number
        json.member(isExact ? "enum" : "x-xsd-enumeration") { json in
            json.array { json in
                for value in values {
                    if form == .number, value.literal.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?/) != nil {
                        json.number(value.literal)
                    } else {
                        json.value(value.literal)
                    }
                }
            }
        }
    }

    /// The pattern of what the value looks like in JSON; those of XSD where they say the same of it, else for people.
    private func writePatterns(_ scalar: ScalarType, into json: inout JSONWriter) {
        let patterns = scalar.facets.patterns
        let own = ownPattern(scalar)
        if let own { json.member("pattern", own) }
        guard let first = patterns.first else { return }
        if own == nil, patterns.count == 1, scalar.kind.isText, let pattern = Self.ecmaPattern(first.source) {
            json.member("pattern", pattern)
        } else {
            json.member("x-xsd-pattern", patterns.map(\.source).joined(separator: " & "))
        }
    }

    /// What a value that is no text looks like as a string.
    private func ownPattern(_ scalar: ScalarType) -> String? {
        let isString = ScalarCoder(scalar).jsonForm(shape.numbers) == .string
        return switch scalar.kind {
        case .long, .unsignedLong, .integer: isString ? "^-?[0-9]+$" : nil
        case .decimal: isString ? "^-?[0-9]+(\\.[0-9]+)?$" : nil
        case .bytes(.hexadecimal): "^([0-9A-Fa-f]{2})*$"
        default: nil
        }
    }

    /// An XSD pattern is anchored; `\i`, `\c`, blocks and subtraction have no counterpart, and `^` and `$` are letters.
    static func ecmaPattern(_ pattern: String) -> String? {
        for construct in ["\\i", "\\I", "\\c", "\\C", "\\p", "\\P", "-["] where pattern.contains(construct) {
            return nil
        }
        var result = "^(?:"
        var isEscaped = false
        var isInClass = false
        for letter in pattern {
            if isEscaped {
                isEscaped = false
                // With the flag `u` a hyphen may be escaped inside of a class only.
                if letter == "-", !isInClass { result.removeLast() }
            } else if letter == "\\" {
                isEscaped = true
            } else if letter == "[" {
                isInClass = true
            } else if letter == "]" {
                isInClass = false
            } else if !isInClass, letter == "^" || letter == "$" || letter == "/" {
                result.append("\\")
            }
            result.append(letter)
        }
        return result + ")$"
    }
}

extension ScalarKind {
    /// Whether JSON shows the text as XML does.
    fileprivate var isText: Bool {
        switch self {
        case .string, .uri, .temporal: true
        default: false
        }
    }

    fileprivate var isLong: Bool {
        switch self {
        case .long, .unsignedLong: true
        default: false
        }
    }
}
