internal import Buffers

extension EnumDescriptor {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init()
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .lengthDelimited): values.append(try EnumValueDescriptor(&reader))
            case (3, .lengthDelimited): try options.read(&reader)
            case (4, .lengthDelimited): reservedRanges.append(try NumberRange(&reader))
            case (5, .lengthDelimited): reservedNames.append(try reader.string())
            case (6, .varint): visibility = try reader.int32()
            default: try reader.skip(tag)
            }
        }
    }
}

extension EnumValueDescriptor {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init()
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .varint): number = try reader.int32()
            case (3, .lengthDelimited): try options.read(&reader)
            default: try reader.skip(tag)
            }
        }
    }
}

extension ServiceDescriptor {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init()
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .lengthDelimited): methods.append(try MethodDescriptor(&reader))
            case (3, .lengthDelimited): try options.read(&reader)
            default: try reader.skip(tag)
            }
        }
    }
}

extension MethodDescriptor {
    init(_ outer: inout WireReader) throws(WireError) {
        self.init()
        var reader = try outer.nested()
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): name = try reader.string()
            case (2, .lengthDelimited): inputType = try reader.string()
            case (3, .lengthDelimited): outputType = try reader.string()
            case (4, .lengthDelimited): try options.read(&reader)
            case (5, .varint): isClientStreaming = try reader.varint() != 0
            case (6, .varint): isServerStreaming = try reader.varint() != 0
            default: try reader.skip(tag)
            }
        }
    }
}
