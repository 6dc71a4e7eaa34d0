public import Buffers

extension FileDescriptor {
    /// Reads a `google.protobuf.FileDescriptorProto`; it is not linked yet.
    public init(_ source: Bytes) throws(WireError) {
        self.init()
        self.source = source
        var reader = WireReader(source.span)
        var syntax = ""
        var number: Int32?
        var comments: [[Int32]: String] = [:]
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (9, .lengthDelimited): comments = try SourceComments.read(reader.nested())
            case (12, .lengthDelimited): syntax = try reader.string()
            case (14, .varint): number = try reader.int32()
            default: try readField(tag, &reader)
            }
        }
        setEdition(syntax, number)
        if !comments.isEmpty { document(comments) }
    }

    private mutating func setEdition(_ syntax: String, _ number: Int32?) {
        switch (syntax, number.flatMap(Edition.init)) {
        case ("", nil) where number == nil, ("proto2", nil) where number == nil: edition = .proto2
        case ("proto3", nil) where number == nil: edition = .proto3
        case ("editions", let known?) where known.usesFeatures: edition = known
        default: unknownEdition = number.map { "edition \($0)" } ?? "syntax \"\(syntax)\""
        }
    }

    private mutating func readField(_ tag: WireTag, _ reader: inout WireReader) throws(WireError) {
        switch (tag.number, tag.type) {
        case (1, .lengthDelimited): name = try reader.string()
        case (2, .lengthDelimited): package = try reader.string()
        case (3, .lengthDelimited): dependencies.append(try reader.string())
        case (4, .lengthDelimited): messages.append(try MessageDescriptor(&reader, depth: 1))
        case (5, .lengthDelimited): enums.append(try EnumDescriptor(&reader))
        case (6, .lengthDelimited): services.append(try ServiceDescriptor(&reader))
        case (7, .lengthDelimited): extensions.append(try FieldDescriptor(&reader))
        case (8, .lengthDelimited): try options.read(&reader)
        case (10, _): try reader.int32s(tag, into: &publicDependencies)
        case (11, _): try reader.int32s(tag, into: &weakDependencies)
        case (15, .lengthDelimited): optionDependencies.append(try reader.string())
        default: try reader.skip(tag)
        }
    }

    /// Reads the files of a `google.protobuf.FileDescriptorSet`.
    public static func set(_ source: Bytes) throws(WireError) -> [FileDescriptor] {
        var files: [FileDescriptor] = []
        var reader = WireReader(source.span)
        while let tag = try reader.tag() {
            if tag.number == 1, tag.type == .lengthDelimited {
                files.append(try FileDescriptor(source[reader.content()]))
            } else {
                try reader.skip(tag)
            }
        }
        return files
    }
}

extension WireReader {
    /// The content of the length-delimited field whose tag was just read.
    @_lifetime(copy self)
    mutating func nested() throws(WireError) -> WireReader {
        let range = try content()
        return WireReader(span.extracting(range))
    }

    mutating func int32() throws(WireError) -> Int32 {
        Int32(truncatingIfNeeded: try varint())
    }

    /// A value or several packed ones of a repeated field.
    mutating func int32s(_ tag: WireTag, into values: inout [Int32]) throws(WireError) {
        switch tag.type {
        case .varint: values.append(try int32())
        case .lengthDelimited:
            var packed = try nested()
            while !packed.isAtEnd { values.append(try packed.int32()) }
        default: try skip(tag)
        }
    }
}

extension DescriptorOptions {
    /// Reads an options message; a second one is merged into the first, as messages are.
    mutating func read(_ reader: inout WireReader) throws(WireError) {
        let range = try reader.content()
        var whole = ByteWriter()
        if let encoded { whole.append(encoded) }
        whole.append(reader.span.extracting(range))
        encoded = whole.finish()
    }
}
