internal import Buffers
internal import ProtobufSchema

/// A `google.protobuf.FieldMask`: its fields on the wire, and its text in JSON: paths in camelCase, commas between.
enum FieldMaskText {
    /// The fields of the message that `text` means; nil when a path is no camelCase name.
    static func fields(_ text: RawSpan) -> Bytes? {
        var out = ByteWriter()
        var path = ByteWriter()
        guard text.byteCount > 0 else { return Bytes() }
        for index in 0...text.byteCount {
            if index == text.byteCount || text[index] == UInt8(ascii: ",") {
                out.append(field: 1, content: path.written)
                path.truncate(to: 0)
                continue
            }
            let byte = text[index]
            guard byte != UInt8(ascii: "_") else { return nil }
            if byte &- 0x41 < 26 {
                path.append(UInt8(ascii: "_"))
                path.append(byte | 0x20)
            } else {
                path.append(byte)
            }
        }
        return out.finish()
    }

    /// Writes the text of the message with `fields`, without quotes; false when it would not read as the same paths.
    static func write(_ fields: RawSpan, into out: inout ByteWriter) -> Bool {
        var reader = WireReader(fields)
        let start = out.count
        do throws(WireError) {
            while let tag = try reader.tag() {
                guard tag == WireTag(1, .lengthDelimited) else {
                    try reader.skip(tag)
                    continue
                }
                if out.count > start { out.append(UInt8(ascii: ",")) }
                guard write(path: fields.extracting(try reader.content()), into: &out) else { return false }
            }
        } catch {
            return false
        }
        return true
    }

    private static func write(path: RawSpan, into out: inout ByteWriter) -> Bool {
        guard path.byteCount > 0 else { return false }
        var index = 0
        while index < path.byteCount {
            let byte = path[index]
            if byte == UInt8(ascii: "_") {
                index &+= 1
                guard index < path.byteCount, path[index] &- 0x61 < 26 else { return false }
                out.append(path[index] & 0xDF)
            } else {
                // Upper case would come back as an underscore, a comma as two paths.
                guard byte &- 0x41 >= 26, byte != UInt8(ascii: ",") else { return false }
                out.append(byte)
            }
            index &+= 1
        }
        return true
    }
}
