/// Messages, extensions and oneofs.
extension ProtoParser {
    mutating func message(_ comment: String?, _ visibility: Int32?) throws(ProtoError) -> MessageDescriptor {
        advance()
        var message = MessageDescriptor()
        message.documentation = comment
        message.visibility = visibility
        message.places.name = Int32(place: token.range.lowerBound)
        message.name = try identifier("the name of the message")
        try expect("{")
        try body(of: &message)
        return message
    }

    /// What stands between the braces, the first of which was read.
    mutating func body(of message: inout MessageDescriptor) throws(ProtoError) {
        var body = message
        defer { message = body }
        try block { parser throws(ProtoError) in try parser.member(of: &body) }
        body.addSyntheticOneofs()
        let end = body.options.uninterpreted.contains { $0.isNamed("message_set_wire_format") && $0.isTrue }
        body.closeOpenRanges(at: end ? Int32.max : Self.numberEnd)
    }

    /// One more than the greatest number of a field.
    private static let numberEnd: Int32 = 0x2000_0000

    private mutating func member(of message: inout MessageDescriptor) throws(ProtoError) {
        if take(";") { return }
        let comment = documentation
        let visibility = takeVisibility()
        switch token.kind == .identifier ? text : "" {
        case "message": message.messages.append(try self.message(comment, visibility))
        case "enum": message.enums.append(try enumeration(comment, visibility))
        case "extend":
            let found = try extend()
            message.extensions += found.fields
            message.messages += found.groups
        case "extensions": try extensionRanges(into: &message.extensionRanges)
        case "reserved":
            try reserved(
                ranges: &message.reservedRanges, names: &message.reservedNames, in: 1...Int64(Self.numberEnd) - 1,
                includesEnd: false)
        case "option": message.options.add(try option())
        case "oneof": try oneof(of: &message)
        default:
            let parsed = try field(FieldContext())
            message.fields.append(parsed.field)
            if let nested = parsed.nested { message.messages.append(nested) }
        }
    }

    private mutating func oneof(of message: inout MessageDescriptor) throws(ProtoError) {
        var oneof = OneofDescriptor()
        oneof.documentation = documentation
        advance()
        oneof.places.name = Int32(place: token.range.lowerBound)
        oneof.name = try identifier("the name of the oneof")
        try expect("{")
        let index = Int32(truncatingIfNeeded: message.oneofs.count)
        message.oneofs.append(oneof)
        var whole = message
        defer { message = whole }
        try block { parser throws(ProtoError) in
            if parser.take(";") { return }
            if parser.at(word: "option") { return whole.oneofs[Int(index)].options.add(try parser.option()) }
            var parsed = try parser.field(FieldContext(isInOneof: true))
            parsed.field.oneofIndex = index
            whole.fields.append(parsed.field)
            if let nested = parsed.nested { whole.messages.append(nested) }
        }
    }

    mutating func extend() throws(ProtoError) -> (fields: [FieldDescriptor], groups: [MessageDescriptor]) {
        let start = token.range
        advance()
        let place = token.range.lowerBound
        let extendee = try path("the message to extend", allowsLeadingDot: true)
        try expect("{")
        var found: [FieldDescriptor] = []
        var nested: [MessageDescriptor] = []
        try block { parser throws(ProtoError) in
            if parser.take(";") { return }
            var parsed = try parser.field(FieldContext(isExtension: true))
            parsed.field.extendee = extendee
            parsed.field.places.extendee = Int32(place: place)
            found.append(parsed.field)
            if let group = parsed.nested { nested.append(group) }
        }
        if found.isEmpty { report(ProtoError("An extend block has at least one field.", at: start)) }
        return (found, nested)
    }

    // MARK: Ranges

    private mutating func extensionRanges(into ranges: inout [ExtensionRange]) throws(ProtoError) {
        advance()
        var found: [ExtensionRange] = []
        repeat {
            var numbers = try range(in: 1...Int64(Int32.max) - 1, allowsOpen: Int32.max)
            if numbers.end < Int32.max { numbers.end += 1 }
            found.append(ExtensionRange(numbers: numbers))
        } while take(",")
        if at("[") {
            var options = DescriptorOptions()
            _ = try optionList(into: &options)
            for index in found.indices { found[index].options = options }
        }
        try expectSemicolon()
        ranges += found
    }

    /// `from`, `from to to` or `from to max`; `open` stands for `max`.
    private mutating func range(in numbers: ClosedRange<Int64>, allowsOpen open: Int32) throws(ProtoError)
        -> NumberRange
    {
        let place = token.range.lowerBound
        let start = try Int32(truncatingIfNeeded: integer("a number", in: numbers))
        var end = start
        if take(word: "to") {
            end = take(word: "max") ? open : try Int32(truncatingIfNeeded: integer("a number or max", in: numbers))
        }
        var range = NumberRange(start: start, end: end)
        range.places.name = Int32(place: place)
        guard start <= end else {
            throw ProtoError("A range ends behind its start.", at: place..<previousEnd, rule: "proto.range")
        }
        return range
    }

    /// `reserved` with numbers or names.
    mutating func reserved(
        ranges: inout [NumberRange], names: inout [String], in numbers: ClosedRange<Int64>, includesEnd: Bool
    ) throws(ProtoError) {
        advance()
        if token.kind == .string || token.kind == .identifier {
            repeat {
                names.append(try reservedName())
            } while take(",")
        } else {
            repeat {
                var range = try range(in: numbers, allowsOpen: Int32.max)
                if !includesEnd, range.end < Int32.max { range.end += 1 }
                ranges.append(range)
            } while take(",")
        }
        try expectSemicolon()
    }

    private mutating func reservedName() throws(ProtoError) -> String {
        let place = token.range
        let isIdentifier = token.kind == .identifier
        if isIdentifier != file.edition.usesFeatures {
            let advice =
                isIdentifier ? "Reserved names stand in quotes." : "Reserved names stand without quotes in editions."
            report(ProtoError(advice, at: place))
        }
        let name = isIdentifier ? try identifier("a name") : try stringText("a name")
        if !name.isIdentifier {
            warn(ProtoError("\"\(name)\" can be no name of a field.", at: place, rule: "proto.reserved"))
        }
        return name
    }
}

extension String {
    fileprivate var isIdentifier: Bool {
        !isEmpty && utf8.allSatisfy(ProtoLexer.isNameByte) && !(utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? true)
    }
}

extension MessageDescriptor {
    /// `max` depends on an option that may stand behind it.
    fileprivate mutating func closeOpenRanges(at end: Int32) {
        for index in extensionRanges.indices where extensionRanges[index].numbers.end == Int32.max {
            extensionRanges[index].numbers.end = end
        }
        for index in reservedRanges.indices where reservedRanges[index].end == Int32.max {
            reservedRanges[index].end = end
        }
    }

    /// `optional` of proto3 has presence through a oneof of its own.
    fileprivate mutating func addSyntheticOneofs() {
        var names = Set(fields.map(\.name)).union(oneofs.map(\.name))
        for index in fields.indices where fields[index].isProto3Optional {
            var oneof = OneofDescriptor()
            oneof.name = fields[index].name.hasPrefix("_") ? fields[index].name : "_" + fields[index].name
            while !names.insert(oneof.name).inserted { oneof.name = "X" + oneof.name }
            oneof.places.name = fields[index].places.name
            fields[index].oneofIndex = Int32(truncatingIfNeeded: oneofs.count)
            oneofs.append(oneof)
        }
    }
}
