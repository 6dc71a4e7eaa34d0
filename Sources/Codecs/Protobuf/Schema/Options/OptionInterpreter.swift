internal import Buffers

/// Turns the options that a file says into the bytes of options messages, by the descriptors of those messages.
struct OptionInterpreter {
    let file: Int
    let name: String
    let edition: Edition

    /// Interprets the options that need extensions, or those that do not.
    func interpret(_ descriptor: inout FileDescriptor, areCustom: Bool, _ linker: inout Linker) {
        var options: [(target: OptionTarget, scope: String, options: DescriptorOptions)] = []
        descriptor.forEachOptions { options.append(($1, $2, $0)) }
        for index in options.indices where !options[index].options.uninterpreted.isEmpty {
            let all = options[index].options.uninterpreted
            options[index].options.uninterpreted = all.filter { $0.isCustom == areCustom }
            interpret(&options[index].options, options[index].target, options[index].scope, &linker)
            options[index].options.uninterpreted = all.filter { $0.isCustom != areCustom }
        }
        var next = 0
        descriptor.forEachOptions { place, _, _ in
            place = options[next].options
            next += 1
        }
    }

    private func interpret(
        _ options: inout DescriptorOptions, _ target: OptionTarget, _ scope: String, _ linker: inout Linker
    ) {
        guard let type = linker.message(target.optionsType) else { return }
        var out = ByteWriter()
        if let encoded = options.encoded { out.append(encoded) }
        var paths = OptionPaths()
        for option in options.uninterpreted {
            do throws(ProtoError) {
                let fields = try path(of: option, in: type, target, scope, &linker)
                try paths.insert(fields, option)
                out.append(try record(fields[...], option, scope, &linker))
            } catch {
                linker.findings.error(error, in: name)
            }
        }
        options.encoded = OptionsOrder.ordered(out.finish(), as: type, linker: linker)
    }

    // MARK: Names

    /// The fields that the parts of an option's name are.
    private func path(
        of option: UninterpretedOption, in type: MessageDescriptor, _ target: OptionTarget, _ scope: String,
        _ linker: inout Linker
    ) throws(ProtoError) -> [FieldDescriptor] {
        var message = type
        var fields: [FieldDescriptor] = []
        if option.isNamed("uninterpreted_option") || target == .message && option.isNamed("map_entry") {
            throw ProtoError("This option is not to be set by hand.", at: option.place, rule: "proto.option")
        }
        for (index, part) in option.name.enumerated() {
            let field = try self.field(part, of: message, scope, &linker)
            try checkTarget(field, target, part)
            fields.append(field)
            guard index + 1 < option.name.count else { break }
            guard field.type?.isMessage == true, let typeName = field.typeFullName, let inner = linker.message(typeName)
            else {
                throw ProtoError(
                    "'\(part.name)' is no message; it has no fields.", at: part.place, rule: "proto.option")
            }
            guard !field.isRepeated else {
                throw ProtoError(
                    "'\(part.name)' is repeated; set each value as a whole, '(\(part.name)) = {…}'.", at: part.place,
                    rule: "proto.option")
            }
            message = inner
        }
        return fields
    }

    private func field(
        _ part: UninterpretedOption.Part, of message: MessageDescriptor, _ scope: String, _ linker: inout Linker
    ) throws(ProtoError) -> FieldDescriptor {
        guard part.isExtension else {
            if let field = message.fields.first(where: { $0.name == part.name }) { return field }
            let advice = Likeness.advice(part.name, among: message.fields.map(\.name))
            throw ProtoError(
                "'\(part.name)' is no option of \(message.name); custom ones stand in parentheses\(advice)",
                at: part.place, rule: "proto.option")
        }
        let field = try self.extension(part.name, at: scope, part.place, &linker)
        guard field.extendeeFullName == message.fullName else {
            throw ProtoError(
                "'\(field.fullName)' extends '\(field.extendeeFullName ?? "")', not '\(message.fullName)'.",
                at: part.place, rule: "proto.option")
        }
        return field
    }

    func `extension`(
        _ path: String, at scope: String, _ place: Range<Int>, _ linker: inout Linker
    ) throws(ProtoError) -> FieldDescriptor {
        switch linker.symbols.resolve(path, at: scope, file: file, wantsType: false) {
        case .found(let full, let symbol):
            linker.used.formUnion(symbol.files)
            if let field = linker.extensions[full] { return field }
            throw ProtoError("'\(full)' is \(symbol.kind.text), not an extension.", at: place, rule: "proto.option")
        case .invisible(let full, let other):
            let path = linker.files[other].name
            throw ProtoError(
                "'\(full)' is declared in \"\(path)\", which is not imported; add 'import \"\(path)\";'.", at: place,
                rule: "proto.option")
        case .missing:
            let near = linker.symbols.suggestion(for: path, file: file) { $0.kind == .extension }
            throw ProtoError(
                "The option '(\(path))' is not defined\(near.map { "; did you mean '(\($0))'?" } ?? ".")", at: place,
                rule: "proto.option")
        }
    }

    /// An option may say what it stands on (`FieldOptions.targets`) and in which editions (`feature_support`).
    private func checkTarget(
        _ field: FieldDescriptor, _ target: OptionTarget, _ part: UninterpretedOption.Part
    ) throws(ProtoError) {
        let targets = field.options.integers(19)
        guard targets.isEmpty || targets.contains(target.rawValue) else {
            throw ProtoError("'\(part.name)' cannot be set on \(target.text).", at: part.place, rule: "proto.option")
        }
        guard let support = field.options.message(22) else { return }
        if let introduced = support.integer(1), introduced > Int64(edition.rawValue) {
            throw ProtoError("'\(part.name)' is for later editions.", at: part.place, rule: "proto.feature")
        }
        if let removed = support.integer(4), removed <= Int64(edition.rawValue) {
            throw ProtoError("'\(part.name)' is for earlier editions.", at: part.place, rule: "proto.feature")
        }
    }

    // MARK: Values

    /// The bytes of the outermost field with all that is in it.
    private func record(
        _ fields: ArraySlice<FieldDescriptor>, _ option: UninterpretedOption, _ scope: String, _ linker: inout Linker
    ) throws(ProtoError) -> Bytes {
        var out = ByteWriter()
        guard let field = fields.first else { return Bytes() }
        if fields.count == 1 {
            guard field.type?.isMessage == true else {
                try ScalarEncoder(field: field, linker: linker, isText: false).write(option.value, into: &out)
                return out.finish()
            }
            guard case .message(let content) = option.value.content else {
                throw ProtoError(
                    "'\(option.text)' is a message; write '\(option.text) = {…}' or set its fields one by one.",
                    at: option.value.place, rule: "proto.option")
            }
            let message = try encoder(of: field, option.value.place, linker).encode(content, &linker)
            out.append(message: message, as: field)
        } else {
            out.append(message: try record(fields.dropFirst(), option, scope, &linker), as: field)
        }
        return out.finish()
    }

    func encoder(
        of field: FieldDescriptor, _ place: Range<Int>, _ linker: Linker
    ) throws(ProtoError) -> TextMessageEncoder {
        guard let type = field.typeFullName.flatMap(linker.message) else {
            throw ProtoError("The type of '\(field.name)' is not known.", at: place, rule: "proto.option")
        }
        return TextMessageEncoder(message: type, interpreter: self, place: place)
    }
}

extension DescriptorOptions {
    /// The values of the repeated integer field `number`, which is not packed.
    func integers(_ number: Int) -> [Int64] {
        guard let encoded else { return [] }
        var reader = WireReader(encoded.span)
        var values: [Int64] = []
        do throws(WireError) {
            while let tag = try reader.tag() {
                if tag == WireTag(number, .varint) {
                    values.append(Int64(bitPattern: try reader.varint()))
                } else {
                    try reader.skip(tag)
                }
            }
        } catch {
            return values
        }
        return values
    }
}

extension ByteWriter {
    /// A whole field of a message type.
    mutating func append(message: Bytes, as field: FieldDescriptor) {
        guard field.isDelimited else { return append(field: Int(field.number), content: message.span) }
        append(tag: Int(field.number), .startGroup)
        append(message)
        append(tag: Int(field.number), .endGroup)
    }
}
