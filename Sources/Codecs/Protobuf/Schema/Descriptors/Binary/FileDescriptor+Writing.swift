public import Buffers

extension FileDescriptor {
    /// The file as a `google.protobuf.FileDescriptorProto`, fields by number as protoc writes them, without source info.
    public func encoded() -> Bytes {
        var out = ByteWriter()
        write(into: &out)
        return out.finish()
    }

    /// Files as a `google.protobuf.FileDescriptorSet`.
    public static func encodedSet(_ files: [FileDescriptor]) -> Bytes {
        var out = ByteWriter()
        for file in files { out.append(field: 1, content: file.encoded().span) }
        return out.finish()
    }

    private func write(into out: inout ByteWriter) {
        out.append(field: 1, string: name)
        if !package.isEmpty { out.append(field: 2, string: package) }
        for dependency in dependencies { out.append(field: 3, string: dependency) }
        for message in messages { out.append(message: 4) { message.write(into: &$0) } }
        for type in enums { out.append(message: 5) { type.write(into: &$0) } }
        for service in services { out.append(message: 6) { service.write(into: &$0) } }
        for field in extensions { out.append(message: 7) { field.write(into: &$0) } }
        out.append(options: 8, options)
        for index in publicDependencies { out.append(field: 10, int32: index) }
        for index in weakDependencies { out.append(field: 11, int32: index) }
        switch edition {
        case .proto2: break
        case .proto3: out.append(field: 12, string: "proto3")
        case .edition2023, .edition2024:
            out.append(field: 12, string: "editions")
            out.append(field: 14, int32: edition.rawValue)
        }
        for dependency in optionDependencies { out.append(field: 15, string: dependency) }
    }
}

extension MessageDescriptor {
    fileprivate func write(into out: inout ByteWriter) {
        out.append(field: 1, string: name)
        for field in fields { out.append(message: 2) { field.write(into: &$0) } }
        for message in messages { out.append(message: 3) { message.write(into: &$0) } }
        for type in enums { out.append(message: 4) { type.write(into: &$0) } }
        for range in extensionRanges {
            out.append(message: 5) { out in
                range.numbers.write(into: &out)
                out.append(options: 3, range.options)
            }
        }
        for field in extensions { out.append(message: 6) { field.write(into: &$0) } }
        out.append(options: 7, options)
        for oneof in oneofs {
            out.append(message: 8) { out in
                out.append(field: 1, string: oneof.name)
                out.append(options: 2, oneof.options)
            }
        }
        for range in reservedRanges { out.append(message: 9) { range.write(into: &$0) } }
        for name in reservedNames { out.append(field: 10, string: name) }
        if let visibility { out.append(field: 11, int32: visibility) }
    }
}

extension FieldDescriptor {
    fileprivate func write(into out: inout ByteWriter) {
        out.append(field: 1, string: name)
        if let extendee { out.append(field: 2, string: extendee) }
        out.append(field: 3, int32: number)
        out.append(field: 4, int32: label.rawValue)
        if let type { out.append(field: 5, int32: type.rawValue) }
        if let typeName { out.append(field: 6, string: typeName) }
        if let defaultValue { out.append(field: 7, string: defaultValue) }
        out.append(options: 8, options)
        if let oneofIndex { out.append(field: 9, int32: oneofIndex) }
        if let jsonName { out.append(field: 10, string: jsonName) }
        if isProto3Optional { out.append(field: 17, varint: 1) }
    }
}

extension NumberRange {
    fileprivate func write(into out: inout ByteWriter) {
        out.append(field: 1, int32: start)
        out.append(field: 2, int32: end)
    }
}

extension EnumDescriptor {
    fileprivate func write(into out: inout ByteWriter) {
        out.append(field: 1, string: name)
        for value in values {
            out.append(message: 2) { out in
                out.append(field: 1, string: value.name)
                out.append(field: 2, int32: value.number)
                out.append(options: 3, value.options)
            }
        }
        out.append(options: 3, options)
        for range in reservedRanges { out.append(message: 4) { range.write(into: &$0) } }
        for name in reservedNames { out.append(field: 5, string: name) }
        if let visibility { out.append(field: 6, int32: visibility) }
    }
}

extension ServiceDescriptor {
    fileprivate func write(into out: inout ByteWriter) {
        out.append(field: 1, string: name)
        for method in methods { out.append(message: 2) { method.write(into: &$0) } }
        out.append(options: 3, options)
    }
}

extension MethodDescriptor {
    fileprivate func write(into out: inout ByteWriter) {
        out.append(field: 1, string: name)
        out.append(field: 2, string: inputType)
        out.append(field: 3, string: outputType)
        out.append(options: 4, options)
        if isClientStreaming { out.append(field: 5, varint: 1) }
        if isServerStreaming { out.append(field: 6, varint: 1) }
    }
}

extension ByteWriter {
    fileprivate mutating func append(field number: Int, int32 value: Int32) {
        append(field: number, varint: UInt64(bitPattern: Int64(value)))
    }

    /// A whole field whose content `body` writes.
    fileprivate mutating func append(message number: Int, _ body: (inout ByteWriter) -> Void) {
        var inner = ByteWriter()
        body(&inner)
        append(field: number, content: inner.written)
    }

    fileprivate mutating func append(options number: Int, _ options: DescriptorOptions) {
        if let encoded = options.encoded { append(field: number, content: encoded.span) }
    }
}
