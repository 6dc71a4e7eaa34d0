/// `host:port` as text, with brackets around IPv6 addresses.
enum HostAndPort {
    /// The parts of `text`, the port nil when there is none; nil when it is not of that form.
    static func split(_ text: some StringProtocol) -> (host: String, port: UInt16?)? {
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { return nil }
            let host = text[text.index(after: text.startIndex)..<bracket]
            let rest = text[text.index(after: bracket)...]
            guard IPAddress.isV6(String(host)) else { return nil }
            guard !rest.isEmpty else { return (String(host), nil) }
            guard rest.hasPrefix(":"), let port = port(rest.dropFirst()) else { return nil }
            return (String(host), port)
        }
        guard let colon = text.firstIndex(of: ":") else { return (String(text), nil) }
        guard let port = port(text[text.index(after: colon)...]) else { return nil }
        return (String(text[..<colon]), port)
    }

    private static func port(_ digits: some StringProtocol) -> UInt16? {
        digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt16(digits) : nil
    }

    /// Whether `text` is a host name (RFC 1123 §2.1; underscores are tolerated, as container names have them).
    static func isName(_ text: some StringProtocol) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 253 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            Words.isName(label) && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
        }
    }
}
