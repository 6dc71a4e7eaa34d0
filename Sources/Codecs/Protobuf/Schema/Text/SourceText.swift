internal import Buffers
internal import Canonical

/// A .proto file as text, with the places of its bytes.
struct SourceText: Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ source: Bytes, named name: String) {
        self.name = name
        let bytes = source.array
        let hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        self.bytes = hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes
    }

    /// Where the byte at `offset` stands; the column counts characters. Walks from the start: for findings only.
    func location(of offset: Int, length: Int = 1) -> SourceLocation {
        var line = 1
        var column = 1
        for byte in bytes.prefix(max(offset, 0)) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourceLocation(file: name, line: line, column: column, length: max(length, 1))
    }

    subscript(range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
