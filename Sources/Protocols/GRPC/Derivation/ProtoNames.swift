internal import Buffers
internal import Canonical

/// Names as .proto files have them, of names that may be anything.
struct ProtoNames {
    private var taken: Set<String> = []

    /// `name`, or with the first number behind it that makes it another one than all before.
    mutating func take(_ name: String) -> String {
        var candidate = name
        var suffix = 2
        while !taken.insert(ProtoNames.likeness(of: candidate)).inserted {
            candidate = "\(name)\(name.last?.isNumber == true ? "_" : "")\(suffix)"
            suffix += 1
        }
        return candidate
    }

    /// `name`, or `other` where that is taken.
    mutating func take(_ name: String, else other: String) -> String { take(isFree(name) ? name : other) }

    /// Nobody else may have `name`.
    mutating func reserve(_ name: String) {
        taken.insert(ProtoNames.likeness(of: name))
    }

    func isFree(_ name: String) -> Bool { !taken.contains(ProtoNames.likeness(of: name)) }

    /// What two names share that protobuf's JSON cannot tell apart.
    private static func likeness(of name: String) -> String {
        String(decoding: name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }

    /// `AccountID` as `account_id`; attributes without their sign.
    static func field(_ name: String) -> String {
        switch name {
        case "$": "value"
        case "@*": "any_attributes"
        default: prefixed(snake(name), "f")
        }
    }

    /// Of messages, services and methods.
    static func type(_ name: String) -> String {
        let text = prefixed(identifier(name), "T")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// What stands before the values of an enum: `CurrencyCode` as `CURRENCY_CODE`.
    static func valuePrefix(_ type: String) -> String { snake(type).uppercased() }

    /// The literal of an enum behind its prefix: `in progress` as `IN_PROGRESS`.
    static func value(_ literal: String) -> String {
        let words = snake(literal).uppercased()
        return words.isEmpty ? "VALUE" : words
    }

    /// What JSON calls a field that nothing is said of: `account_id` as `accountId`.
    static func jsonName(_ field: String) -> String {
        var name = ""
        var startsWord = false
        for letter in field {
            if letter == "_" {
                startsWord = true
            } else {
                name += startsWord ? letter.uppercased() : String(letter)
                startsWord = false
            }
        }
        return name
    }

    /// `http://example.com/orders/v1` as `com.example.orders.v1`.
    static func package(_ namespace: String, _ name: String) -> String {
        var rest = namespace[...]
        var parts: [Substring] = []
        if let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...]
            let host = rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }
            rest = rest.dropFirst(host.count)
            parts = host.split(separator: ".").reversed()
            if parts.last == "www" { parts.removeLast() }
            if rest.first == ":" { rest = rest.drop { $0 != "/" } }
        } else if rest.hasPrefix("urn:") {
            rest = rest.dropFirst(4)
        }
        parts += rest.split { "/:.#?".contains($0) }
        let words = parts.map { prefixed(identifier(String($0)).lowercased(), "v") }.filter { $0 != "v" }
        return words.isEmpty ? prefixed(identifier(name).lowercased(), "v") : words.joined(separator: ".")
    }

    /// Words in lower case with `_` between them.
    private static func snake(_ name: String) -> String {
        let letters = Array(identifier(name).utf8)
        var words: [UInt8] = []
        for (index, letter) in letters.enumerated() {
            let previous = index > 0 ? letters[index - 1] : underscore
            let next = index + 1 < letters.count ? letters[index + 1] : underscore
            let startsWord =
                isCapital(letter) && previous != underscore
                && (!isCapital(previous) || ASCII.isLetter(next) && !isCapital(next))
            if startsWord { words.append(underscore) }
            words.append(ASCII.lowercased(letter))
        }
        return String(decoding: words, as: UTF8.self)
    }

    /// Letters, digits and `_`, none of the latter at the ends.
    private static func identifier(_ name: String) -> String {
        var text: [UInt8] = []
        for byte in name.utf8 {
            if ASCII.isLetter(byte) || ASCII.isDigit(byte) {
                text.append(byte)
            } else if let last = text.last, last != underscore {
                text.append(underscore)
            }
        }
        if text.last == underscore { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private static let underscore = UInt8(ascii: "_")

    private static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// Names begin with a letter.
    private static func prefixed(_ text: String, _ prefix: String) -> String {
        text.first.map { $0.isLetter } == true ? text : prefix + text
    }
}
