/// Enums and services.
extension ProtoParser {
    mutating func enumeration(_ comment: String?, _ visibility: Int32?) throws(ProtoError) -> EnumDescriptor {
        advance()
        var type = EnumDescriptor()
        type.documentation = comment
        type.visibility = visibility
        type.places.name = Int32(place: token.range.lowerBound)
        type.name = try identifier("the name of the enum")
        try expect("{")
        try block { parser throws(ProtoError) in
            if parser.take(";") { return }
            // A value may have any name; `=` tells.
            let isValue = parser.following.symbol == UInt8(ascii: "=")
            if parser.at(word: "option"), !isValue {
                type.options.add(try parser.option())
            } else if parser.at(word: "reserved"), !isValue {
                try parser.reserved(
                    ranges: &type.reservedRanges, names: &type.reservedNames,
                    in: Int64(Int32.min)...Int64(Int32.max), includesEnd: true)
            } else {
                type.values.append(try parser.enumerationValue())
            }
        }
        return type
    }

    private mutating func enumerationValue() throws(ProtoError) -> EnumValueDescriptor {
        var value = EnumValueDescriptor()
        value.documentation = documentation
        value.places.name = Int32(place: token.range.lowerBound)
        value.name = try identifier("the name of a value")
        guard take("=") else { throw expected("'=' and the number of the value") }
        value.places.number = Int32(place: token.range.lowerBound)
        value.number = try Int32(
            truncatingIfNeeded: integer("the number of a value", in: Int64(Int32.min)...Int64(Int32.max)))
        if at("[") { _ = try optionList(into: &value.options) }
        try expectSemicolon()
        return value
    }

    // MARK: Services

    mutating func service(_ comment: String?) throws(ProtoError) -> ServiceDescriptor {
        advance()
        var service = ServiceDescriptor()
        service.documentation = comment
        service.places.name = Int32(place: token.range.lowerBound)
        service.name = try identifier("the name of the service")
        try expect("{")
        try block { parser throws(ProtoError) in
            if parser.take(";") { return }
            if parser.at(word: "option") { return service.options.add(try parser.option()) }
            guard parser.at(word: "rpc") else { throw parser.expected("'rpc' or 'option'") }
            service.methods.append(try parser.method())
        }
        return service
    }

    private mutating func method() throws(ProtoError) -> MethodDescriptor {
        var method = MethodDescriptor()
        method.documentation = documentation
        advance()
        method.places.name = Int32(place: token.range.lowerBound)
        method.name = try identifier("the name of the method")
        (method.inputType, method.isClientStreaming, method.places.type) = try messageOfMethod()
        try expect(word: "returns")
        (method.outputType, method.isServerStreaming, method.places.extendee) = try messageOfMethod()
        guard take("{") else {
            try expectSemicolon()
            return method
        }
        // An empty block is an empty options message.
        method.options.encoded = DescriptorOptions.empty
        try block { parser throws(ProtoError) in
            if parser.take(";") { return }
            guard parser.at(word: "option") else { throw parser.expected("'option'") }
            method.options.add(try parser.option())
        }
        return method
    }

    /// `(stream a.b.Message)`
    private mutating func messageOfMethod() throws(ProtoError) -> (type: String, isStream: Bool, place: Int32) {
        try expect("(")
        let isStream = take(word: "stream")
        let place = Int32(place: token.range.lowerBound)
        let type = try path("a message", allowsLeadingDot: true)
        try expect(")")
        return (type, isStream, place)
    }
}
