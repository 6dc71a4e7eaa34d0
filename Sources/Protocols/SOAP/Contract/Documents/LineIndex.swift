internal import Buffers

/// Where the lines of a document begin, so that the place of a byte is found without a walk from the start, or from the
/// start of the only line of a megabyte.
struct LineIndex {
    private static let blockSize = 4096

    private let source: Bytes
    private var starts = [0]
    /// For every block how many characters begin before it.
    private var characters: [Int] = []

    init(_ source: Bytes) {
        self.source = source
        while let end = source.span.firstIndex(of: UInt8(ascii: "\n"), from: starts[starts.count - 1]) {
            starts.append(end + 1)
        }
        var total = 0
        for block in stride(from: 0, to: source.count, by: Self.blockSize) {
            characters.append(total)
            total += Self.characters(in: source[block..<min(block + Self.blockSize, source.count)])
        }
    }

    /// The line and the column of the byte at `offset`, both from 1; the column counts characters.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), source.count)
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, characters(before: offset) - characters(before: starts[low]) + 1)
    }

    private func characters(before offset: Int) -> Int {
        let block = offset / Self.blockSize
        guard block < characters.count else {
            return characters.isEmpty ? 0 : characters(before: offset - 1) + 1
        }
        return characters[block] + Self.characters(in: source[block * Self.blockSize..<offset])
    }

    /// Bytes of UTF-8 that begin a character.
    private static func characters(in bytes: Bytes) -> Int {
        bytes.span.withUnsafeBytes { $0.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }
    }
}
