internal import Buffers

/// Base64 as proto3 JSON reads it: either alphabet of RFC 4648, padded or not; the bits of the last digit that belong to no
/// byte may be anything.
enum Base64 {
    /// Appends the bytes that `text` stands for; false when it is no base64.
    static func decode(_ text: RawSpan, into out: inout [UInt8]) -> Bool {
        var end = text.byteCount
        if end % 4 == 0, end > 0, text[end &- 1] == UInt8(ascii: "=") {
            end &-= text[end &- 2] == UInt8(ascii: "=") ? 2 : 1
        }
        guard end % 4 != 1 else { return false }
        out.reserveCapacity(out.count &+ end / 4 &* 3 &+ 2)
        var index = 0
        var wrong: UInt8 = 0
        while index &+ 4 <= end {
            let group = Base64.group(text, index, 4, &wrong)
            out.append(UInt8(truncatingIfNeeded: group >> 16))
            out.append(UInt8(truncatingIfNeeded: group >> 8))
            out.append(UInt8(truncatingIfNeeded: group))
            index &+= 4
        }
        if index < end {
            let group = Base64.group(text, index, end &- index, &wrong)
            out.append(UInt8(truncatingIfNeeded: group >> 16))
            if end &- index == 3 { out.append(UInt8(truncatingIfNeeded: group >> 8)) }
        }
        return wrong & 0xC0 == 0
    }

    /// `count` digits as the upper bits of 24; digits that are none set the upper bits of `wrong`.
    @inline(__always)
    private static func group(_ text: RawSpan, _ index: Int, _ count: Int, _ wrong: inout UInt8) -> UInt32 {
        var group: UInt32 = 0
        for place in 0..<count {
            let value = digits[Int(text[index &+ place])]
            wrong |= value
            group |= UInt32(value) << UInt32(18 &- place &* 6)
        }
        return group
    }

    private static let digits: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in alphabet.utf8.enumerated() { table[Int(byte)] = UInt8(value) }
        table[Int(UInt8(ascii: "-"))] = 62
        table[Int(UInt8(ascii: "_"))] = 63
        return table
    }()
}
