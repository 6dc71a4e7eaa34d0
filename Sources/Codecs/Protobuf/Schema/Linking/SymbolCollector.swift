/// Declares the names of one file.
struct SymbolCollector {
    let file: FileDescriptor
    let number: Int
    let findings: Findings

    func declare(in symbols: inout SymbolTable) {
        var package = ""
        for part in file.package.split(separator: ".") {
            package = String(part).qualified(in: package)
            declare(package, .package, SourcePlaces(), &symbols)
        }
        for message in file.messages { declare(message, &symbols) }
        for type in file.enums { declare(type, &symbols) }
        for field in file.extensions { declare(field.fullName, .extension, field.places, &symbols) }
        for service in file.services {
            declare(service.fullName, .service, service.places, &symbols)
            for method in service.methods { declare(method.fullName, .method, method.places, &symbols) }
        }
    }

    private func declare(_ message: MessageDescriptor, _ symbols: inout SymbolTable) {
        declare(message.fullName, .message, message.places, &symbols)
        for field in message.fields { declare(field.fullName, .field, field.places, &symbols) }
        for oneof in message.oneofs { declare(oneof.fullName, .oneof, oneof.places, &symbols) }
        for nested in message.messages { declare(nested, &symbols) }
        for type in message.enums { declare(type, &symbols) }
        for field in message.extensions { declare(field.fullName, .extension, field.places, &symbols) }
    }

    private func declare(_ type: EnumDescriptor, _ symbols: inout SymbolTable) {
        declare(type.fullName, .enumeration, type.places, &symbols)
        for value in type.values { declare(value.fullName, .enumerationValue, value.places, &symbols) }
    }

    private func declare(_ name: String, _ kind: Symbol.Kind, _ places: SourcePlaces, _ symbols: inout SymbolTable) {
        let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
        let last = dot.map { name.utf8[$0...].dropFirst() } ?? name.utf8[...]
        guard last.allSatisfy(ProtoLexer.isNameByte), (last.first ?? 0x30) > 0x39 else {
            return findings.error("proto.name", "\"\(name)\" is no name.", in: file.name, at: places.name)
        }
        guard let known = symbols.declare(name, kind, file: number) else { return }
        let advice =
            kind == .enumerationValue
            ? " Values of an enum stand beside the enum, not in it; give them a prefix." : ""
        findings.error(
            "proto.duplicate", "'\(name)' is already \(known.kind.text).\(advice)", in: file.name, at: places.name)
    }
}
