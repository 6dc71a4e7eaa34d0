internal import Buffers

/// The value of `Content-Length` (RFC 9110 §8.6).
public enum ContentLength {
    /// The number that `value` is: digits only, no sign, no list, no blank; nil for anything else and for what no body
    /// can be long.
    public static func parse(_ value: RawSpan) -> Int? {
        guard value.byteCount > 0 else { return nil }
        var length = 0
        for index in 0..<value.byteCount {
            guard ASCII.isDigit(value[index]), length <= (Int.max - 9) / 10 else { return nil }
            length = length &* 10 &+ Int(value[index] &- 0x30)
        }
        return length
    }
}
