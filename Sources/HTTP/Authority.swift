internal import Buffers

/// The grammar of host and port as in `Host` and `:authority` (RFC 9110 §7.2; RFC 3986 §3.2.2, §3.2.3).
///
/// Userinfo is refused. So is the comma, which the grammar allows in a name: two `Host` lines merged by a peer look so.
public enum Authority {
    /// Whether `text` is a host with or without a port; an empty host is none.
    public static func isValid(_ text: RawSpan) -> Bool {
        guard let hostEnd = endOfHost(text), hostEnd > 0 else { return false }
        guard hostEnd < text.byteCount else { return true }
        guard text[hostEnd] == 0x3A, text.byteCount - hostEnd <= 6 else { return false }
        for index in hostEnd + 1..<text.byteCount where !ASCII.isDigit(text[index]) { return false }
        return true
    }

    /// Whether two valid authorities name the same host and port, for the scheme whose default port is `defaultPort`.
    public static func isSame(_ left: RawSpan, _ right: RawSpan, defaultPort: Int) -> Bool {
        guard let leftEnd = endOfHost(left), let rightEnd = endOfHost(right), leftEnd == rightEnd else { return false }
        for index in 0..<leftEnd where ASCII.lowercased(left[index]) != ASCII.lowercased(right[index]) { return false }
        return port(left, from: leftEnd, default: defaultPort) == port(right, from: rightEnd, default: defaultPort)
    }

    /// Where the host of `text` ends, or nil when it begins with none.
    private static func endOfHost(_ text: RawSpan) -> Int? {
        guard text.byteCount > 0, text[0] == UInt8(ascii: "[") else { return endOfName(text) }
        guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        return isAddress(text.extracting(1..<close)) ? close + 1 : nil
    }

    private static func endOfName(_ text: RawSpan) -> Int? {
        var index = text.endOfPlainHost()
        while index < text.byteCount {
            if isNameCharacter(text[index]) {
                index &+= 1
            } else if text[index] == 0x3A {
                return index
            } else {
                guard isEscape(text, at: index) else { return nil }
                index &+= 3
            }
        }
        return index
    }

    /// IPv6 with an optional zone (RFC 6874) or a later version's address; the digits are not counted.
    private static func isAddress(_ text: RawSpan) -> Bool {
        guard text.byteCount > 1 else { return false }
        let isFuture = text[0] | 0x20 == UInt8(ascii: "v")
        var index = 0
        while index < text.byteCount {
            let byte = text[index]
            if byte == UInt8(ascii: "%"), !isFuture {
                return isEscape(text, at: index) && isZone(text.extracting(index + 3..<text.byteCount))
            }
            let isPlain = ASCII.hexValue(byte) != nil || byte == 0x3A || byte == UInt8(ascii: ".")
            guard isPlain || isFuture && isNameCharacter(byte) else { return false }
            index += 1
        }
        return true
    }

    private static func isZone(_ text: RawSpan) -> Bool {
        for index in 0..<text.byteCount where !isNameCharacter(text[index]) { return false }
        return text.byteCount > 0
    }

    private static func isEscape(_ text: RawSpan, at index: Int) -> Bool {
        text[index] == UInt8(ascii: "%") && index + 2 < text.byteCount && ASCII.hexValue(text[index + 1]) != nil
            && ASCII.hexValue(text[index + 2]) != nil
    }

    /// unreserved and sub-delims, without the comma.
    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        // One bit per character: ! $ & ' ( ) * + - . 0-9 ; = in the first word, A-Z _ a-z ~ in the second.
        let set: UInt64 = byte < 64 ? 0x2BFF_6FD2_0000_0000 : 0x47FF_FFFE_87FF_FFFE
        return byte < 128 && set &>> UInt64(byte & 63) & 1 == 1
    }

    private static func port(_ text: RawSpan, from hostEnd: Int, default defaultPort: Int) -> Int {
        guard hostEnd + 1 < text.byteCount else { return defaultPort }
        var value = 0
        for index in hostEnd + 1..<text.byteCount { value = value &* 10 &+ Int(text[index] &- 0x30) }
        return value
    }
}
