internal import Buffers

/// Tells with the first byte that is wrong that bytes are no UTF-8 (RFC 3629 §4), however they are cut.
struct UTF8Validator {
    /// Bytes that the present character still needs.
    private var due: UInt8 = 0
    /// Between these the next one of them must be; what would be overlong, a surrogate or past U+10FFFF is not.
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    /// Whether the text may end here.
    var isAtBoundary: Bool { due == 0 }

    /// Reads on.
    /// - Returns: False when `span` can be part of no text.
    mutating func accepts(_ span: RawSpan) -> Bool {
        let end = span.byteCount
        var index = 0
        while index < end {
            if due == 0 {
                index = Self.endOfASCII(span, from: index)
                guard index < end else { break }
                guard begin(span[index]) else { return false }
            } else {
                guard span[index] >= lower, span[index] <= upper else { return false }
                (lower, upper) = (0x80, 0xBF)
                due &-= 1
            }
            index &+= 1
        }
        return true
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: due = 1
        case 0xE0: (due, lower) = (2, 0xA0)
        case 0xED: (due, upper) = (2, 0x9F)
        case 0xE1...0xEF: due = 2
        case 0xF0: (due, lower) = (3, 0x90)
        case 0xF1...0xF3: due = 3
        case 0xF4: (due, upper) = (3, 0x8F)
        default: return false
        }
        return true
    }

    private static func endOfASCII(_ span: RawSpan, from start: Int) -> Int {
        let high: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while index &+ 16 <= span.byteCount {
            guard (span.word(at: index) | span.word(at: index &+ 8)) & high == 0 else { break }
            index &+= 16
        }
        while index &+ 8 <= span.byteCount {
            let wide = span.word(at: index) & high
            guard wide == 0 else { return index &+ wide.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < span.byteCount, span[index] < 0x80 { index &+= 1 }
        return index
    }
}
