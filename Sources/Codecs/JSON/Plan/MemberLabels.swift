internal import Buffers

/// What stands before the values of an object's members, ready to be copied.
struct MemberLabels: Sendable {
    private let text: [UInt8]
    private let ends: [Int]

    init(_ names: [String], typeName: String) {
        var writer = ByteWriter()
        var ends: [Int] = []
        for name in names {
            writer.append(json: name)
            writer.append(UInt8(ascii: ":"))
            ends.append(writer.count)
        }
        writer.append("\"@type\":")
        writer.append(json: typeName)
        ends.append(writer.count)
        text = writer.finish().array
        self.ends = ends
    }

    /// `"name":` of `field`.
    func write(_ field: Int, into out: inout ByteWriter) {
        let start = field == 0 ? 0 : ends[field &- 1]
        out.append(text.span.bytes.extracting(start..<ends[field]))
    }

    /// `"@type":"name"`.
    func writeType(into out: inout ByteWriter) {
        write(ends.count - 1, into: &out)
    }
}
