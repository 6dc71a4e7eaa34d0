/// Finds what the names in one file mean.
struct TypeResolver {
    let file: Int
    let name: String

    func resolve(_ descriptor: inout FileDescriptor, _ linker: inout Linker) {
        for index in descriptor.messages.indices { resolve(&descriptor.messages[index], &linker) }
        for index in descriptor.extensions.indices { resolve(&descriptor.extensions[index], &linker) }
        for service in descriptor.services.indices {
            for index in descriptor.services[service].methods.indices {
                resolve(&descriptor.services[service].methods[index], &linker)
            }
        }
    }

    private func resolve(_ message: inout MessageDescriptor, _ linker: inout Linker) {
        for index in message.messages.indices { resolve(&message.messages[index], &linker) }
        for index in message.fields.indices { resolve(&message.fields[index], &linker) }
        for index in message.extensions.indices { resolve(&message.extensions[index], &linker) }
    }

    private func resolve(_ field: inout FieldDescriptor, _ linker: inout Linker) {
        if field.jsonName == nil { field.jsonName = JSONName.derived(from: field.name) }
        if let extendee = field.extendee,
            let (full, _) = find(
                extendee, at: field.fullName, "a message", field.places.extendee, &linker, { $0 == .message })
        {
            field.extendee = "." + full
        }
        guard let typeName = field.typeName else {
            if field.type == nil || field.type?.keyword == nil || field.type == .group {
                linker.findings.error(
                    "proto.type", "'\(field.fullName)' has no type.", in: name, at: field.places.type)
            }
            return
        }
        guard
            let (full, kind) = find(
                typeName, at: field.fullName, "a message or enum", field.places.type, &linker, { $0.isType })
        else { return }
        field.typeName = "." + full
        switch (field.type, kind) {
        case (nil, .message): field.type = .message
        case (nil, _): field.type = .enumeration
        case (.message, .message), (.group, .message), (.enumeration, .enumeration): break
        default:
            linker.findings.error(
                "proto.type", "'\(full)' is not of the type that '\(field.fullName)' says.", in: name,
                at: field.places.type)
        }
    }

    private func resolve(_ method: inout MethodDescriptor, _ linker: inout Linker) {
        func message(_ type: String, _ place: Int32, _ linker: inout Linker) -> String {
            find(type, at: method.fullName, "a message", place, &linker, { $0 == .message }).map { "." + $0.0 } ?? type
        }
        method.inputType = message(method.inputType, method.places.type, &linker)
        method.outputType = message(method.outputType, method.places.extendee, &linker)
    }

    // MARK: Names

    private func find(
        _ type: String, at scope: String, _ what: String, _ place: Int32, _ linker: inout Linker,
        _ isWanted: (Symbol.Kind) -> Bool
    ) -> (String, Symbol.Kind)? {
        switch linker.symbols.resolve(type, at: scope, file: file, wantsType: true) {
        case .found(let full, let symbol):
            linker.used.formUnion(symbol.files)
            if isWanted(symbol.kind) { return (full, symbol.kind) }
            report("'\(type)' is \(symbol.kind.text); expected \(what).", place, linker)
        case .invisible(let full, let other):
            let path = linker.files[other].name
            report(
                "'\(full)' is declared in \"\(path)\", which is not imported; add 'import \"\(path)\";'.", place, linker
            )
        case .missing(let inner?):
            report(
                "'\(type)' is not there: its first part means '\(inner)', which has nothing of that name. "
                    + "Innermost names come first; write '.\(type)' for an outer one.", place, linker)
        case .missing(nil):
            if let path = BuiltInFiles.file(declaring: type) {
                report("'\(type)' is not defined; add 'import \"\(path)\";'.", place, linker)
            } else {
                let near = linker.symbols.suggestion(for: type, file: file) { isWanted($0.kind) }
                report("'\(type)' is not defined\(near.map { "; did you mean '\($0)'?" } ?? ".")", place, linker)
            }
        }
        return nil
    }

    private func report(_ message: String, _ place: Int32, _ linker: Linker) {
        linker.findings.error("proto.unknown-type", message, in: name, at: place)
    }
}
