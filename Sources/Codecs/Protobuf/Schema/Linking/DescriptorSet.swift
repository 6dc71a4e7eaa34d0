/// Linked files: every name resolved, every feature known. Files stand behind those that they import.
public final class DescriptorSet: Sendable {
    public let files: [FileDescriptor]
    private let messages: [String: MessageDescriptor]
    private let enums: [String: EnumDescriptor]
    private let extensionsByExtendee: [String: [FieldDescriptor]]

    init(linked files: [FileDescriptor]) {
        self.files = files
        var index = Index()
        for file in files { index.add(file) }
        messages = index.messages
        enums = index.enums
        extensionsByExtendee = index.extensions
    }

    public func file(named name: String) -> FileDescriptor? {
        files.first { $0.name == name }
    }

    /// The message with the full name `name`, map entries too.
    public func message(_ name: String) -> MessageDescriptor? { messages[name] }

    public func enumeration(_ name: String) -> EnumDescriptor? { enums[name] }

    /// All known extensions of the message with the full name `name`.
    public func extensions(of name: String) -> [FieldDescriptor] { extensionsByExtendee[name] ?? [] }

    private struct Index {
        var messages: [String: MessageDescriptor] = [:]
        var enums: [String: EnumDescriptor] = [:]
        var extensions: [String: [FieldDescriptor]] = [:]

        mutating func add(_ file: FileDescriptor) {
            for message in file.messages { add(message) }
            for type in file.enums { enums[type.fullName] = type }
            add(file.extensions)
        }

        private mutating func add(_ message: MessageDescriptor) {
            messages[message.fullName] = message
            for nested in message.messages { add(nested) }
            for type in message.enums { enums[type.fullName] = type }
            add(message.extensions)
        }

        private mutating func add(_ fields: [FieldDescriptor]) {
            for field in fields {
                if let extendee = field.extendeeFullName { extensions[extendee, default: []].append(field) }
            }
        }
    }
}
