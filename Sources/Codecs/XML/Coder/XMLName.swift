internal import Buffers

extension RawSpan {
    /// The last eight bytes of the name at `start..<end`, 0 for a shorter one. With `nameKey` it tells names of up to
    /// fifteen bytes apart.
    @inline(__always)
    func nameTail(_ start: Int, _ end: Int) -> UInt64 {
        end &- start < 8 ? 0 : word(at: end &- 8)
    }
}

/// Names as XML allows them.
enum XMLName {
    /// Whether `name` is an NCName (Namespaces in XML 1.0 §3).
    static func isValid(_ name: RawSpan) -> Bool {
        name.beginsName(at: 0) && name.endOfName(from: 0) == name.byteCount
    }

    /// `name` with every character that an NCName cannot have there as `_xHHHH_`.
    static func escaped(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            let next = Bytes(result.isEmpty ? String(scalar) : "a" + String(scalar))
            if isValid(next.span) {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "_x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_"
            }
        }
        return result.isEmpty ? "_" : result
    }
}
