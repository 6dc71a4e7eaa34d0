import Buffers
import ProtobufSchema
import Testing

struct WireReaderTests {
    @Test(arguments: [0, 1, 127, 128, 300, UInt64(UInt32.max), UInt64(Int64.max), UInt64.max])
    func `a varint is read as it was written`(_ value: UInt64) throws {
        var out = ByteWriter()
        out.append(varint: value)
        let bytes = out.finish()
        var reader = WireReader(bytes.span)
        #expect(try reader.varint() == value)
        let isAtEnd = reader.isAtEnd
        #expect(isAtEnd)
        for end in 0..<bytes.count {
            let cut = bytes[0..<end]
            var reader = WireReader(cut.span)
            #expect(throws: WireError.truncated) { try reader.varint() }
        }
    }

    @Test(arguments: [
        ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], WireError.overlong),
        ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], .overlong),
        ([0x00, 0x00], .invalidTag), ([0x0E], .invalidTag), ([0x0F], .invalidTag),
        ([0x80, 0x80, 0x80, 0x80, 0x10, 0x00], .invalidTag),
        ([0x0A, 0x02, 0x00], .truncated), ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], .truncated),
        ([0x0D, 1, 2, 3], .truncated), ([0x09, 1, 2, 3, 4, 5, 6, 7], .truncated),
        ([0x0B], .unbalancedGroup), ([0x0C], .unbalancedGroup), ([0x0B, 0x14], .unbalancedGroup),
        ([UInt8](repeating: 0x0B, count: 1000), .tooDeep),
    ])
    func `what is no message is refused`(_ bytes: [UInt8], _ error: WireError) {
        var reader = WireReader(bytes.span.bytes)
        #expect(throws: error) {
            while let tag = try reader.tag() { try reader.skip(tag) }
        }
    }

    @Test func `a group's content ends before its end tag`() throws {
        let bytes: [UInt8] = [0x0B, 0x08, 0x05, 0x13, 0x14, 0x0C, 0x10, 0x01]
        var reader = WireReader(bytes.span.bytes)
        let tag = try reader.tag()
        #expect(tag == WireTag(1, .startGroup))
        #expect(try reader.group(1) == 1..<5)
        let next = try reader.tag()
        #expect(next == WireTag(2, .varint))
    }
}
