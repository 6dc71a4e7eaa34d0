/// The text forms of IP addresses.
enum IPAddress {
    /// Dotted quad, without leading zeros, which some systems read as octal.
    static func isV4(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
                    && (part.count == 1 || !part.hasPrefix("0"))
            }
    }

    /// RFC 4291 §2.2, without a zone.
    static func isV6(_ text: some StringProtocol) -> Bool {
        let halves = String(text).split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        var groups = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            guard let count = groupCount(half, mayEndInV4: index == halves.count - 1) else { return false }
            groups += count
        }
        // "::" stands for one group at least.
        return halves.count == 2 ? groups <= 7 : groups == 8
    }

    private static func groupCount(_ half: Substring, mayEndInV4: Bool) -> Int? {
        let parts = half.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard mayEndInV4, index == parts.count - 1, isV4(part) else { return nil }
                count += 2
            } else {
                guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit), UInt16(part, radix: 16) != nil
                else { return nil }
                count += 1
            }
        }
        return count
    }
}
