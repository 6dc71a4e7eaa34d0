public import Canonical

extension LockFile {
    /// The text of a lock file.
    ///
    /// - Parameter contract: The name of the contract's file, for people.
    public static func text(_ lock: ContractLock, of contract: String) -> String {
        var out = """
            # The names by which clients know what is in \(contract): a change of the contract does not change them.
            # Written by `dragoman lock`; keep it beside the contract under version control.
            version: 1

            """
        out += lock.services.isEmpty ? "services: {}\n" : "services:\n"
        for service in lock.services {
            out += "  \(quoted(service.key)):\n"
            out += "    name: \(plain(service.name))\n"
            if !service.segment.isEmpty { out += "    segment: \(plain(service.segment))\n" }
            if service.isReserved { out += "    reserved: true\n" }
            out += service.operations.isEmpty ? "    operations: {}\n" : "    operations:\n"
            for operation in service.operations {
                let reserved = operation.isReserved ? ", reserved: true" : ""
                out += "      \(quoted(operation.key)): "
                out += "{ name: \(plain(operation.name)), address: \(plain(operation.address))\(reserved) }\n"
            }
        }
        out += lock.types.isEmpty ? "types: {}\n" : "types:\n"
        for type in lock.types {
            out += "  \(quoted(type.key)):\n"
            out += "    name: \(plain(type.name))\n"
            if let name = type.protobufName { out += "    protobuf: \(plain(name))\n" }
            if type.isReserved { out += "    reserved: true\n" }
            out += type.fields.isEmpty ? "    fields: {}\n" : "    fields:\n"
            for field in type.fields { out += "      \(quoted(field.key)): \(text(of: field))\n" }
            if !type.variants.isEmpty { out += "    variants:\n" }
            for variant in type.variants { out += "      \(quoted(variant.key)): \(text(of: variant))\n" }
        }
        if !lock.enumerations.isEmpty { out += "enumerations:\n" }
        for enumeration in lock.enumerations { out += text(of: enumeration) }
        return out
    }

    private static func text(of enumeration: ContractLock.Enumeration) -> String {
        var out = "  \(quoted(enumeration.key)):\n    name: \(plain(enumeration.name))\n"
        if enumeration.isReserved { out += "    reserved: true\n" }
        out += enumeration.values.isEmpty ? "    values: {}\n" : "    values:\n"
        for value in enumeration.values {
            let reserved = value.isReserved ? ", reserved: true" : ""
            out += "      \(quoted(value.literal)): "
            out += "{ name: \(plain(value.name)), number: \(value.number)\(reserved) }\n"
        }
        return out
    }

    private static func text(of field: ContractLock.Field) -> String {
        guard field.number != nil || field.protobufName != nil || field.isReserved else { return plain(field.name) }
        var out = "{ name: \(plain(field.name))"
        if let number = field.number { out += ", number: \(number)" }
        if let name = field.protobufName { out += ", protobuf: \(plain(name))" }
        return out + (field.isReserved ? ", reserved: true }" : " }")
    }

    /// A word as it is where YAML takes it for that, else in quotes.
    private static func plain(_ text: String) -> String {
        guard let first = text.utf8.first, first | 0x20 &- 0x61 < 26 || first == UInt8(ascii: "_"),
            Words.isName(text), !words.contains(text.lowercased())
        else { return quoted(text) }
        return text
    }

    /// What other readers of YAML take for something else than text.
    private static let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func quoted(_ text: String) -> String {
        JSON.string(text).text()
    }
}
