/// Fields with the messages that they declare on the way: groups and the entries of maps.
extension ProtoParser {
    mutating func field(
        _ context: FieldContext
    ) throws(ProtoError) -> (field: FieldDescriptor, nested: MessageDescriptor?) {
        var field = FieldDescriptor()
        field.documentation = documentation
        let start = token.range
        let hasLabel = takeLabel(&field)
        if hasLabel, context.isInOneof {
            report(ProtoError("Fields of a oneof have no label.", at: start))
        }
        if at(word: "map"), following.symbol == UInt8(ascii: "<") {
            if hasLabel { report(ProtoError("A map has no label.", at: start)) }
            return try map(field, context)
        }
        if !hasLabel, !context.isInOneof, file.edition == .proto2 {
            // A forgotten label is likelier than anything else.
            report(ProtoError("Expected 'required', 'optional' or 'repeated'.", at: start))
        }
        field.places.type = Int32(place: token.range.lowerBound)
        if at(word: "group"), following.kind == .identifier { return try group(field) }
        try type(of: &field)
        try nameAndNumber(of: &field)
        try fieldOptions(of: &field)
        try expectSemicolon()
        return (field, nil)
    }

    /// Returns whether there was a label.
    private mutating func takeLabel(_ field: inout FieldDescriptor) -> Bool {
        guard token.kind == .identifier, following.kind == .identifier || following.symbol == UInt8(ascii: ".") else {
            return false
        }
        let place = token.range
        switch text {
        case "optional":
            field.isProto3Optional = file.edition == .proto3
            if file.edition.usesFeatures {
                report(
                    ProtoError(
                        "Editions have no 'optional'; fields have presence unless features.field_presence says otherwise.",
                        at: place))
            }
        case "repeated": field.label = .repeated
        case "required":
            field.label = file.edition.usesFeatures ? .optional : .required
            if file.edition.usesFeatures {
                report(
                    ProtoError(
                        "Editions have no 'required'; use features.field_presence = LEGACY_REQUIRED.", at: place))
            } else if file.edition == .proto3 {
                report(ProtoError("proto3 has no 'required'.", at: place))
            }
        default: return false
        }
        advance()
        return true
    }

    /// A scalar type, or the name of a message or enum.
    private mutating func type(of field: inout FieldDescriptor) throws(ProtoError) {
        if token.kind == .identifier, let scalar = ProtobufType.scalars[text] {
            field.type = scalar
            advance()
        } else {
            field.typeName = try path("a type", allowsLeadingDot: true)
        }
    }

    private mutating func nameAndNumber(of field: inout FieldDescriptor) throws(ProtoError) {
        field.places.name = Int32(place: token.range.lowerBound)
        field.name = try identifier("the name of the field")
        try number(of: &field)
    }

    private mutating func number(of field: inout FieldDescriptor) throws(ProtoError) {
        guard take("=") else { throw expected("'=' and the number of the field") }
        field.places.number = Int32(place: token.range.lowerBound)
        field.number = try Int32(
            truncatingIfNeeded: integer("the number of a field", in: 0...Int64(Int32.max)))
    }

    private mutating func fieldOptions(of field: inout FieldDescriptor) throws(ProtoError) {
        guard at("[") else { return }
        for option in try optionList(into: &field.options, pseudo: ["default", "json_name"]) {
            if option.isNamed("json_name") {
                try setJSONName(option, of: &field)
            } else if field.defaultValue != nil {
                throw ProtoError("The default is already set.", at: option.place, rule: "proto.default")
            } else {
                field.places.defaultValue = Int32(place: option.value.place.lowerBound)
                field.defaultValue = try DefaultText.raw(option.value, field)
            }
        }
    }

    private mutating func setJSONName(
        _ option: UninterpretedOption, of field: inout FieldDescriptor
    ) throws(ProtoError) {
        guard field.jsonName == nil else {
            throw ProtoError("json_name is already set.", at: option.place, rule: "proto.json-name")
        }
        guard case .string(let bytes) = option.value.content, let name = String(validating: bytes, as: UTF8.self) else {
            throw ProtoError("json_name is text in quotes.", at: option.value.place, rule: "proto.json-name")
        }
        field.places.jsonName = Int32(place: option.value.place.lowerBound)
        field.jsonName = name
    }

    // MARK: Groups

    private mutating func group(
        _ start: FieldDescriptor
    ) throws(ProtoError) -> (field: FieldDescriptor, nested: MessageDescriptor?) {
        var field = start
        if file.edition >= .proto3 {
            let advice =
                file.edition == .proto3
                ? "proto3 has no groups; use a message."
                : "Editions have no groups; use features.message_encoding = DELIMITED."
            report(ProtoError(advice, at: token.range))
        }
        advance()
        var message = MessageDescriptor()
        message.documentation = field.documentation
        message.places.name = Int32(place: token.range.lowerBound)
        field.places.name = message.places.name
        let place = token.range
        message.name = try identifier("the name of the group")
        if let first = message.name.utf8.first, first < UInt8(ascii: "A") || first > UInt8(ascii: "Z") {
            report(ProtoError("The name of a group begins with a capital letter.", at: place))
        }
        field.type = .group
        field.typeName = message.name
        field.name = message.name.asciiLowercased
        try number(of: &field)
        try fieldOptions(of: &field)
        guard take("{") else { throw expected("'{' and the fields of the group") }
        try body(of: &message)
        return (field, message)
    }

    // MARK: Maps

    private mutating func map(
        _ start: FieldDescriptor, _ context: FieldContext
    ) throws(ProtoError) -> (field: FieldDescriptor, nested: MessageDescriptor?) {
        var field = start
        let place = token.range
        if context.isInOneof { report(ProtoError("A map cannot stand in a oneof.", at: place, rule: "proto.map")) }
        if context.isExtension { report(ProtoError("A map can be no extension.", at: place, rule: "proto.map")) }
        advance()
        try expect("<")
        var key = MapEntry.field("key", 1, at: token.range.lowerBound)
        try type(of: &key)
        try expect(",")
        var value = MapEntry.field("value", 2, at: token.range.lowerBound)
        try type(of: &value)
        try expect(">")
        field.label = .repeated
        field.isProto3Optional = false
        field.places.type = Int32(place: place.lowerBound)
        try nameAndNumber(of: &field)
        try fieldOptions(of: &field)
        try expectSemicolon()
        let entry = MapEntry.message(of: field, key: key, value: value)
        field.typeName = entry.name
        return (field, entry)
    }
}

extension String {
    /// The name of a group's field: only ASCII letters change.
    fileprivate var asciiLowercased: String {
        String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 }, as: UTF8.self)
    }
}
