/// Writes a .proto file as people do.
struct ProtoFileWriter {
    private(set) var text = ""

    init(_ file: ProtoFile) {
        text +=
            "// \(ProtoFileWriter.line(file.title)), as protobuf. Made from its contract; field numbers are kept in its lock.\n"
        text += "syntax = \"proto3\";\n\npackage \(file.package);\n"
        if !file.imports.isEmpty { text += "\n" }
        for name in file.imports.sorted() { text += "import \"\(name)\";\n" }
        for service in file.services { write(service, file) }
        for message in file.messages { write(message) }
        for enumeration in file.enumerations { write(enumeration) }
    }

    private mutating func write(_ service: ProtoFile.Service, _ file: ProtoFile) {
        text += "\nservice \(service.name) {\n"
        let methods = Set(service.methods.map(\.name))
        for method in service.methods {
            comment(method.documentation)
            // A method of that name is nearer than the message.
            let input = methods.contains(method.input) ? ".\(file.package).\(method.input)" : method.input
            let output = methods.contains(method.output) ? ".\(file.package).\(method.output)" : method.output
            text += "  rpc \(method.name)(\(input)) returns (\(output));\n"
        }
        text += "}\n"
    }

    private mutating func write(_ message: ProtoFile.Message) {
        text += "\n"
        comment(message.documentation, indent: "")
        text += "message \(message.name) {\n"
        write(message.reserved)
        var written: Set<String> = []
        for field in message.fields {
            guard let oneof = field.oneof else {
                write(field, indent: "  ")
                continue
            }
            guard written.insert(oneof).inserted else { continue }
            text += "  oneof \(oneof) {\n"
            for member in message.fields where member.oneof == oneof { write(member, indent: "    ") }
            text += "  }\n"
        }
        text += "}\n"
    }

    private mutating func write(_ enumeration: ProtoFile.Enumeration) {
        text += "\n"
        comment(enumeration.documentation, indent: "")
        text += "enum \(enumeration.name) {\n"
        write(enumeration.reserved)
        for value in enumeration.values {
            comment(value.comment)
            text += "  \(value.name) = \(value.number);\n"
        }
        text += "}\n"
    }

    private mutating func write(_ reserved: ProtoFile.Reserved) {
        if !reserved.numbers.isEmpty {
            text += "  reserved \(reserved.numbers.sorted().map(String.init).joined(separator: ", "));\n"
        }
        if !reserved.names.isEmpty {
            text += "  reserved \(reserved.names.map { "\"\($0)\"" }.joined(separator: ", "));\n"
        }
    }

    private mutating func write(_ field: ProtoFile.Field, indent: String) {
        comment(field.documentation, indent: indent)
        text += "\(indent)\(field.label.rawValue)\(field.type) \(field.name) = \(field.number)"
        if let name = field.jsonName { text += " [json_name = \"\(ProtoFileWriter.literal(name))\"]" }
        text += ";\n"
    }

    private mutating func comment(_ documentation: String?, indent: String = "  ") {
        for line in (documentation ?? "").split(whereSeparator: \.isNewline) {
            let words = ProtoFileWriter.line(String(line))
            if !words.isEmpty { text += "\(indent)// \(words)\n" }
        }
    }

    /// One line without what no comment can hold.
    private static func line(_ text: String) -> String {
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
            .split(separator: " ").joined(separator: " ")
    }

    private static func literal(_ text: String) -> String {
        text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    }
}
