internal import Buffers

/// Text between quotes, with its escapes resolved.
struct StringLiteral {
    private(set) var value: [UInt8] = []
    private(set) var error: ProtoError?
    private let bytes: [UInt8]
    private var index: Int
    private let end: Int

    /// - Parameter range: The literal with its quotes, the last of which may be missing.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        index = range.lowerBound + 1
        let isClosed = range.count > 1 && bytes[range.upperBound - 1] == bytes[range.lowerBound]
        end = isClosed ? range.upperBound - 1 : range.upperBound
        while index < end {
            if bytes[index] == UInt8(ascii: "\\") {
                unescape()
            } else {
                value.append(bytes[index])
                index += 1
            }
        }
    }

    private mutating func unescape() {
        let start = index
        index += 1
        guard index < end else { return fail(start) }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "a"): value.append(0x07)
        case UInt8(ascii: "b"): value.append(0x08)
        case UInt8(ascii: "f"): value.append(0x0C)
        case UInt8(ascii: "n"): value.append(0x0A)
        case UInt8(ascii: "r"): value.append(0x0D)
        case UInt8(ascii: "t"): value.append(0x09)
        case UInt8(ascii: "v"): value.append(0x0B)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"): value.append(byte)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            index -= 1
            value.append(UInt8(truncatingIfNeeded: number(radix: 8, atMost: 3)))
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            let digits = index
            let code = number(radix: 16, atMost: 2)
            if index == digits { fail(start) } else { value.append(UInt8(truncatingIfNeeded: code)) }
        case UInt8(ascii: "u"): unicode(digits: 4, from: start)
        case UInt8(ascii: "U"): unicode(digits: 8, from: start)
        default: fail(start)
        }
    }

    private mutating func number(radix: UInt32, atMost count: Int) -> UInt32 {
        var result: UInt32 = 0
        let limit = min(index + count, end)
        while index < limit, let digit = ASCII.hexValue(bytes[index]), UInt32(digit) < radix {
            result = result &* radix &+ UInt32(digit)
            index += 1
        }
        return result
    }

    private mutating func unicode(digits: Int, from start: Int) {
        let first = index
        var code = number(radix: 16, atMost: digits)
        guard index == first + digits else { return fail(start) }
        // Two halves of a surrogate pair are one character.
        if code >> 10 == 0x36, index + 6 <= end, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        {
            let mark = index
            index += 2
            let low = number(radix: 16, atMost: 4)
            if index == mark + 6, low >> 10 == 0x37 {
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            } else {
                index = mark
            }
        }
        guard let scalar = Unicode.Scalar(code) else { return fail(start) }
        value.append(contentsOf: Array(String(Character(scalar)).utf8))
    }

    private mutating func fail(_ start: Int) {
        let range = start..<max(index, start + 1)
        if error == nil { error = ProtoError("This is no escape sequence.", at: range) }
    }
}
