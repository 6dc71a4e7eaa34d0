/// What an option stands on; the raw value is that of `FieldOptions.OptionTargetType`.
enum OptionTarget: Int64 {
    case file = 1, extensionRange, message, field, oneof, enumeration, enumerationValue, service, method

    /// The full name of the message that its options are.
    var optionsType: String {
        let name =
            switch self {
            case .file: "FileOptions"
            case .extensionRange: "ExtensionRangeOptions"
            case .message: "MessageOptions"
            case .field: "FieldOptions"
            case .oneof: "OneofOptions"
            case .enumeration: "EnumOptions"
            case .enumerationValue: "EnumValueOptions"
            case .service: "ServiceOptions"
            case .method: "MethodOptions"
            }
        return "google.protobuf." + name
    }

    var text: String {
        switch self {
        case .file: "a file"
        case .extensionRange: "an extension range"
        case .message: "a message"
        case .field: "a field"
        case .oneof: "a oneof"
        case .enumeration: "an enum"
        case .enumerationValue: "a value of an enum"
        case .service: "a service"
        case .method: "a method"
        }
    }
}

extension FileDescriptor {
    /// Gives the options of everything in the file to `body`, with what they stand on and its full name.
    mutating func forEachOptions(_ body: (inout DescriptorOptions, OptionTarget, String) -> Void) {
        body(&options, .file, "file".qualified(in: package))
        for index in messages.indices { messages[index].forEachOptions(body) }
        for index in enums.indices { enums[index].forEachOptions(body) }
        for index in extensions.indices { body(&extensions[index].options, .field, extensions[index].fullName) }
        for index in services.indices {
            body(&services[index].options, .service, services[index].fullName)
            for method in services[index].methods.indices {
                body(&services[index].methods[method].options, .method, services[index].methods[method].fullName)
            }
        }
    }
}

extension MessageDescriptor {
    fileprivate mutating func forEachOptions(_ body: (inout DescriptorOptions, OptionTarget, String) -> Void) {
        body(&options, .message, fullName)
        for index in fields.indices { body(&fields[index].options, .field, fields[index].fullName) }
        for index in extensions.indices { body(&extensions[index].options, .field, extensions[index].fullName) }
        for index in oneofs.indices { body(&oneofs[index].options, .oneof, oneofs[index].fullName) }
        for index in extensionRanges.indices { body(&extensionRanges[index].options, .extensionRange, fullName) }
        for index in messages.indices { messages[index].forEachOptions(body) }
        for index in enums.indices { enums[index].forEachOptions(body) }
    }
}

extension EnumDescriptor {
    fileprivate mutating func forEachOptions(_ body: (inout DescriptorOptions, OptionTarget, String) -> Void) {
        body(&options, .enumeration, fullName)
        for index in values.indices { body(&values[index].options, .enumerationValue, values[index].fullName) }
    }
}
