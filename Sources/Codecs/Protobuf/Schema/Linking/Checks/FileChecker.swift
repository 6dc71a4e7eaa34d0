/// The rules of a linked file beyond names: numbers, ranges, presence, maps, defaults, JSON names.
///
/// Source: protobuf.dev, the language specifications; where they are silent, what protoc's DescriptorBuilder refuses.
struct FileChecker {
    let linker: Linker
    let file: FileDescriptor

    func check() {
        if let unknown = file.unknownEdition {
            report("proto.syntax-version", "The file is written in \(unknown), which is not known here.", -1)
        }
        for message in file.messages { check(message) }
        for type in file.enums { EnumChecker(self, type).check() }
        for field in file.extensions { FieldChecker(self, field).check() }
        if !file.edition.usesFeatures, file.options.message(50) != nil {
            report("proto.feature", "Features are for editions; this file has a syntax.", -1)
        }
    }

    func report(_ rule: String, _ message: String, _ place: Int32) {
        linker.findings.error(rule, message, in: file.name, at: place)
    }

    func warn(_ rule: String, _ message: String, _ place: Int32) {
        linker.findings.warn(rule, message, in: file.name, at: place)
    }

    private func check(_ message: MessageDescriptor) {
        MessageChecker(self, message).check()
        for field in message.fields + message.extensions { FieldChecker(self, field, in: message).check() }
        for type in message.enums { EnumChecker(self, type).check() }
        for nested in message.messages { check(nested) }
    }
}
