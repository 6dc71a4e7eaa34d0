internal import Buffers

/// The parameters of a query in `application/x-www-form-urlencoded` form, in order.
public struct QueryString {
    public private(set) var parameters: [(name: String, value: String)] = []

    /// nil when an escape is broken or the text is not UTF-8.
    public init?(_ query: RawSpan) {
        var start = 0
        while start < query.byteCount {
            let end = query.firstIndex(of: 0x26, from: start) ?? query.byteCount
            let pair = query.extracting(start..<end)
            start = end + 1
            if pair.byteCount == 0 { continue }
            let equals = pair.firstIndex(of: 0x3D) ?? pair.byteCount
            guard let name = Self.decode(pair.extracting(0..<equals), plusIsSpace: true),
                let value = Self.decode(
                    pair.extracting(min(equals + 1, pair.byteCount)..<pair.byteCount), plusIsSpace: true)
            else { return nil }
            parameters.append((name, value))
        }
    }

    /// Percent-decoded text; nil for a broken escape or ill-formed UTF-8.
    public static func decode(_ text: RawSpan, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.byteCount)
        var index = 0
        while index < text.byteCount {
            let byte = text[index]
            if byte == 0x25 {
                guard index + 2 < text.byteCount, let high = ASCII.hexValue(text[index + 1]),
                    let low = ASCII.hexValue(text[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == 0x2B && plusIsSpace ? 0x20 : byte)
                index += 1
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
