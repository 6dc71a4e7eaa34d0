/// The rules of one field.
struct FieldChecker {
    /// Numbers that the implementation of protobuf keeps for itself.
    static let reserved: ClosedRange<Int32> = 19_000...19_999

    private let checker: FileChecker
    private let field: FieldDescriptor
    private let message: MessageDescriptor?

    init(_ checker: FileChecker, _ field: FieldDescriptor, in message: MessageDescriptor? = nil) {
        self.checker = checker
        self.field = field
        self.message = message
    }

    func check() {
        checkNumber()
        if field.isExtension { checkExtension() }
        checkLabel()
        checkDefault()
        checkMap()
        checkOptions()
        if checker.file.edition.usesFeatures { checkFeatures() }
        if let name = field.jsonName, field.places.jsonName >= 0 {
            if field.isExtension { report("proto.json-name", "An extension has no json_name.", field.places.jsonName) }
            if name.hasPrefix("["), name.hasSuffix("]") {
                report("proto.json-name", "A JSON name in brackets is that of an extension.", field.places.jsonName)
            }
            if name.utf8.contains(0) { report("proto.json-name", "A JSON name has no NUL.", field.places.jsonName) }
        }
    }

    private func report(_ rule: String, _ text: String, _ place: Int32) {
        checker.report(rule, text, place)
    }

    private var linker: Linker { checker.linker }
    private var edition: Edition { checker.file.edition }

    // MARK: Numbers

    private func checkNumber() {
        let isInMessageSet = field.extendeeFullName.flatMap(linker.message)?.isMessageSet == true
        let last = isInMessageSet ? Int32.max - 1 : 0x1FFF_FFFF
        guard field.number >= 1, field.number <= last else {
            return report(
                "proto.number", "The number of '\(field.name)' must be at least 1 and at most \(last).",
                field.places.number)
        }
        if Self.reserved.contains(field.number) {
            report(
                "proto.number",
                "The numbers \(Self.reserved.lowerBound) to \(Self.reserved.upperBound) are protobuf's own.",
                field.places.number)
        }
    }

    private func checkExtension() {
        guard let name = field.extendeeFullName, let extendee = linker.message(name) else { return }
        let range = extendee.extensionRanges.first { $0.numbers.start <= field.number && field.number < $0.numbers.end }
        guard let range else {
            return report(
                "proto.extension", "'\(name)' keeps no number \(field.number) for extensions.", field.places.number)
        }
        checkDeclaration(range, of: name)
        if extendee.isMessageSet, field.type != .message || field.isRepeated {
            report("proto.message-set", "Extensions of a message set are optional messages.", field.places.type)
        }
        if edition == .proto3, !name.hasPrefix("google.protobuf.") || !name.hasSuffix("Options") {
            report("proto.extension", "proto3 extends options only, not '\(name)'.", field.places.extendee)
        }
    }

    /// A range may say which extensions there are (`ExtensionRangeOptions.declaration`).
    private func checkDeclaration(_ range: ExtensionRange, of extendee: String) {
        let declarations = range.options.contents(2).map { DescriptorOptions($0) }
        let declaration = declarations.first { $0.integer(1) == Int64(field.number) }
        guard let declaration else {
            if range.options.integer(3) == 0 || !declarations.isEmpty && range.options.integer(3) != 1 {
                report(
                    "proto.extension", "'\(extendee)' declares no extension with the number \(field.number).",
                    field.places.number)
            }
            return
        }
        let type = field.typeName ?? field.type?.keyword ?? ""
        if declaration.boolean(5) == true {
            report("proto.extension", "'\(extendee)' reserves the number \(field.number).", field.places.number)
        } else if let name = declaration.string(2), name != ".\(field.fullName)" {
            report(
                "proto.extension", "'\(extendee)' declares the number \(field.number) for '\(name)'.", field.places.name
            )
        } else if let declared = declaration.string(3), declared != type {
            report("proto.extension", "'\(extendee)' declares '\(field.name)' as \(declared).", field.places.type)
        } else if (declaration.boolean(6) ?? false) != field.isRepeated {
            report("proto.extension", "'\(field.name)' is not repeated as it is declared.", field.places.name)
        }
    }

    // MARK: Labels and defaults

    private func checkLabel() {
        if field.presence == .required, field.isExtension {
            report("proto.extension", "'\(field.name)' is an extension and cannot be required.", field.places.name)
        }
        if edition == .proto3 {
            if field.label == .required {
                report("proto.label", "proto3 has no required fields.", field.places.name)
            }
            if field.type == .group { report("proto.type", "proto3 has no groups.", field.places.type) }
        } else if field.isProto3Optional {
            report("proto.label", "'\(field.name)' says that it is of proto3.", field.places.name)
        }
        guard field.type == .enumeration, field.presence == .implicit,
            let type = field.typeFullName.flatMap(linker.enumeration), type.isClosed
        else { return }
        report(
            "proto.enum",
            "'\(type.fullName)' is a closed enum, which a field without presence such as '\(field.name)' cannot have.",
            field.places.type)
    }

    private func checkDefault() {
        guard let value = field.defaultValue else { return }
        let place = field.places.defaultValue
        if field.isRepeated { return report("proto.default", "A repeated field has no default.", place) }
        if field.type?.isMessage == true { return report("proto.default", "A message has no default.", place) }
        if edition == .proto3 { return report("proto.default", "proto3 has no defaults.", place) }
        if field.presence == .implicit {
            return report("proto.default", "A field without presence has no default.", place)
        }
        guard field.type == .enumeration, let type = field.typeFullName.flatMap(linker.enumeration) else { return }
        if !type.values.contains(where: { $0.name == value }) {
            let advice = Likeness.advice(value, among: type.values.map(\.name))
            report("proto.default", "'\(value)' is no value of '\(type.fullName)'\(advice)", place)
        }
    }

    // MARK: Maps

    private func checkMap() {
        guard let message, message.isMapEntry else { return checkEntryUse() }
        let place = field.places.type
        if field.number == 1 {
            switch field.type {
            case .float, .double, .bytes, .message, .group, .enumeration:
                report("proto.map", "The keys of a map must be integers, booleans or text.", place)
            default: break
            }
        } else if field.type == .enumeration, let type = field.typeFullName.flatMap(linker.enumeration),
            type.values.first?.number != 0
        {
            report(
                "proto.map", "The first value of an enum in a map must be 0; that of '\(type.fullName)' is not.", place)
        }
    }

    /// Entries are of use to the map that they were made for only.
    private func checkEntryUse() {
        guard let name = field.typeFullName, field.type == .message, let entry = linker.message(name), entry.isMapEntry
        else { return }
        let isOwn =
            !field.isExtension && entry.fullName == MapEntry.name(of: field.name).qualified(in: message?.fullName ?? "")
        let isWhole = entry.fields.map(\.number) == [1, 2] && entry.fields.map(\.name) == ["key", "value"]
        if !isOwn || !isWhole || !field.isRepeated {
            report(
                "proto.map", "The option map_entry is not to be set; write map<key, value> instead.", field.places.type)
        }
    }

    // MARK: Options

    private func checkOptions() {
        if field.options.boolean(2) != nil {
            if edition.usesFeatures {
                report(
                    "proto.option", "Editions have features.repeated_field_encoding instead of packed.",
                    field.places.name)
            } else if field.options.boolean(2) == true, !field.isRepeated || field.type?.isPackable != true {
                report("proto.option", "Only repeated numbers, booleans and enums are packed.", field.places.name)
            }
        }
        if field.options.boolean(5) == true || field.options.boolean(15) == true, field.type?.isMessage != true {
            report("proto.option", "Only messages are lazy.", field.places.name)
        }
        guard let type = field.options.integer(6), type != 0 else { return }
        switch field.type {
        case .int64, .uint64, .sint64, .fixed64, .sfixed64: break
        default: report("proto.option", "jstype is for 64-bit integers.", field.places.name)
        }
    }

    /// Features that an element sets itself must mean something there.
    private func checkFeatures() {
        guard let own = field.options.message(21) else { return }
        let place = field.places.name
        if own.integer(1) != nil, message?.isMapEntry != true {
            let what: String? =
                field.isRepeated
                ? "Repeated fields"
                : field.isExtension ? "Extensions" : field.oneofIndex != nil ? "Fields of a oneof" : nil
            if let what { report("proto.feature", "\(what) have no field_presence.", place) }
            if field.type?.isMessage == true, own.integer(1) == 2 {
                report("proto.feature", "Messages always have presence.", place)
            }
        }
        if own.integer(3) != nil, !field.isRepeated || field.type?.isPackable != true, message?.isMapEntry != true {
            report("proto.feature", "Only repeated numbers, booleans and enums have a repeated_field_encoding.", place)
        }
        let isMap = field.typeFullName.flatMap(linker.message)?.isMapEntry == true
        if own.integer(4) != nil, field.type != .string, !isMap, message?.isMapEntry != true {
            report("proto.feature", "Only text has a utf8_validation.", place)
        }
        if own.integer(5) != nil, field.type?.isMessage != true || isMap, message?.isMapEntry != true {
            report("proto.feature", "Only messages have a message_encoding.", place)
        }
    }
}
