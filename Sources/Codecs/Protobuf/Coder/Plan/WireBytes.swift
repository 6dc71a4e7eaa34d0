internal import Buffers
internal import ProtobufSchema

/// Up to eight bytes as a little-endian word.
struct WireBytes: Sendable {
    private(set) var word: UInt64 = 0
    private var count: UInt8 = 0

    var length: Int { Int(count) }

    init() {}

    init(word: UInt64, count: UInt8) {
        self.word = word
        self.count = count
    }

    init(number: Int, _ type: WireType) {
        append(varint: UInt64(truncatingIfNeeded: number) << 3 | UInt64(type.rawValue))
    }

    mutating func append(_ byte: UInt8) {
        word |= UInt64(byte) << UInt64(count * 8)
        count += 1
    }

    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Whether the bytes, at least one, stand in `span` at `index`.
    @inline(__always)
    func isNext(in span: RawSpan, at index: Int) -> Bool {
        guard index &+ 8 <= span.byteCount else { return isLast(in: span, at: index) }
        // What is above the bytes that count is shifted out; of no bytes nothing is.
        return count > 0 && (span.word(at: index) ^ word) << UInt64(truncatingIfNeeded: 64 &- length &* 8) == 0
    }

    @inline(never)
    private func isLast(in span: RawSpan, at index: Int) -> Bool {
        guard count > 0, length <= span.byteCount &- index else { return false }
        for place in 0..<length where span[index &+ place] != UInt8(truncatingIfNeeded: word >> UInt64(place * 8)) {
            return false
        }
        return true
    }
}
