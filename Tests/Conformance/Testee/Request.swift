internal import Buffers
internal import ProtobufSchema

/// A `conformance.ConformanceRequest`.
struct Request {
    enum Format { case protobuf, json, other }

    struct Input {
        var format: Format
        var bytes: Bytes
    }

    /// Nil for formats that are not spoken here.
    private(set) var input: Input?
    private(set) var output = Format.other
    private(set) var messageType = ""
    private(set) var ignoresUnknown = false

    init(_ bytes: Bytes) throws(WireError) {
        var reader = WireReader(bytes.span)
        while let tag = try reader.tag() {
            switch (tag.number, tag.type) {
            case (1, .lengthDelimited): input = Input(format: .protobuf, bytes: bytes[try reader.content()])
            case (2, .lengthDelimited): input = Input(format: .json, bytes: bytes[try reader.content()])
            case (3, .varint):
                let format = try reader.varint()
                output = format == 1 ? .protobuf : format == 2 ? .json : .other
            case (4, .lengthDelimited): messageType = try reader.string()
            case (5, .varint): ignoresUnknown = try reader.varint() == 3
            default: try reader.skip(tag)
            }
        }
    }
}
