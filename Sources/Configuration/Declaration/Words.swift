/// What names are made of.
enum Words {
    /// A letter, a digit or `_`.
    static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
    }

    /// Letters, digits and `_`, not beginning with a digit: variables and path parameters.
    static func isIdentifier(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, first &- 0x30 >= 10 else { return false }
        return text.utf8.allSatisfy(isWord)
    }

    /// Letters, digits, `_` and `-`: listeners and upstreams, and the labels of host names.
    static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    /// A token of HTTP (RFC 9110 §5.6.2): header fields.
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isWord($0) || "!#$%&'*+-.^`|~".utf8.contains($0) }
    }
}
