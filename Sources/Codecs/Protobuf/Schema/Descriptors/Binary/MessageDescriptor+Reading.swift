internal import Buffers

extension MessageDescriptor {
    static let maximumDepth = 64

    init(_ outer: inout WireReader, depth: Int) throws(WireError) {
        guard depth <= Self.maximumDepth else { throw .tooDeep }
        self.init()
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .lengthDelimited): fields.append(try FieldDescriptor(&reader))
            case (3, .lengthDelimited): messages.append(try MessageDescriptor(&reader, depth: depth + 1))
            case (4, .lengthDelimited): enums.append(try EnumDescriptor(&reader))
            case (5, .lengthDelimited): extensionRanges.append(try ExtensionRange(&reader))
            case (6, .lengthDelimited): extensions.append(try FieldDescriptor(&reader))
            case (7, .lengthDelimited): try options.read(&reader)
            case (8, .lengthDelimited): oneofs.append(try OneofDescriptor(&reader))
            case (9, .lengthDelimited): reservedRanges.append(try NumberRange(&reader))
            case (10, .lengthDelimited): reservedNames.append(try reader.string())
            case (11, .varint): visibility = try reader.int32()
            default: try reader.skip(tag)
            }
        }
    }
}

extension FieldDescriptor {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init()
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .lengthDelimited): extendee = try reader.string()
            case (3, .varint): number = try reader.int32()
            case (4, .varint): label = try Label(rawValue: reader.int32()) ?? .optional
            case (5, .varint): type = try ProtobufType(rawValue: reader.int32())
            case (6, .lengthDelimited): typeName = try reader.string()
            case (7, .lengthDelimited): defaultValue = try reader.string()
            case (8, .lengthDelimited): try options.read(&reader)
            case (9, .varint): oneofIndex = try reader.int32()
            case (10, .lengthDelimited): jsonName = try reader.string()
            case (17, .varint): isProto3Optional = try reader.varint() != 0
            default: try reader.skip(tag)
            }
        }
    }
}

extension OneofDescriptor {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init()
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .lengthDelimited): try options.read(&reader)
            default: try reader.skip(tag)
            }
        }
    }
}

extension NumberRange {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init(start: 0, end: 0)
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .varint): start = try reader.int32()
            case (2, .varint): end = try reader.int32()
            default: try reader.skip(tag)
            }
        }
    }
}

extension ExtensionRange {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init(numbers: NumberRange(start: 0, end: 0))
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .varint): numbers.start = try reader.int32()
            case (2, .varint): numbers.end = try reader.int32()
            case (3, .lengthDelimited): try options.read(&reader)
            default: try reader.skip(tag)
            }
        }
    }
}
