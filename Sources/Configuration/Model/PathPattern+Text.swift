extension Configuration.PathPattern {
    /// Why a text is not a pattern.
    public struct Problem: Error, Sendable, Equatable {
        public var sentence: String
    }

    /// Reads a pattern.
    public init(_ text: String) throws(Problem) {
        guard text.hasPrefix("/") else { throw Problem(sentence: "a path begins with \"/\"") }
        var segments: [Segment] = []
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            if part.isEmpty, isLast, parts.count == 1 { break }
            segments.append(try Self.segment(part, isLast: isLast))
        }
        self.init(segments: segments)
        for (index, name) in parameters.enumerated() where parameters[..<index].contains(name) {
            throw Problem(sentence: "the parameter \":\(name)\" appears twice")
        }
    }

    private static func segment(_ part: Substring, isLast: Bool) throws(Problem) -> Segment {
        switch part {
        case "**":
            guard isLast else { throw Problem(sentence: "\"**\" is the last segment of a path") }
            return .rest
        case "*": return .any
        case "":
            guard isLast else { throw Problem(sentence: "a path has no empty segments") }
            return .literal("")
        default: break
        }
        if part.hasPrefix(":") { return .parameter(try parameter(part.dropFirst())) }
        if part.contains("*") {
            throw Problem(sentence: "\"*\" stands for a whole segment, not for a part as in \"\(part)\"")
        }
        if part.hasPrefix("{"), part.hasSuffix("}") {
            throw Problem(sentence: "path parameters are written \":\(part.dropFirst().dropLast())\", not \"\(part)\"")
        }
        let literal = try normalised(part)
        guard literal != ".", literal != ".." else { throw Problem(sentence: "a path has no \"\(literal)\" segments") }
        return .literal(literal)
    }

    private static func parameter(_ name: Substring) throws(Problem) -> String {
        guard Words.isIdentifier(name) else {
            throw Problem(sentence: "a parameter is named by letters, digits and \"_\", unlike \":\(name)\"")
        }
        return String(name)
    }

    private static func normalised(_ part: Substring) throws(Problem) -> String {
        var result: [UInt8] = []
        var bytes = Array(part.utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = bytes.popFirst().flatMap(hexValue), let low = bytes.popFirst().flatMap(hexValue) else {
                    throw Problem(sentence: "\"%\" is followed by two hexadecimal digits")
                }
                let value = high << 4 | low
                // These never reach a route: requests that have them are refused.
                guard value != 0, value != UInt8(ascii: "/"), value != UInt8(ascii: "\\") else {
                    throw Problem(sentence: "a path has no encoded \"/\", \"\\\" or NUL")
                }
                if isUnreserved(value) { result.append(value) } else { result += encoded(value) }
            case UInt8(ascii: "?"), UInt8(ascii: "#"):
                throw Problem(sentence: "a path has no query and no fragment")
            case 0...0x20, 0x7F, UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"):
                throw Problem(sentence: "a path has no spaces, quotes or control characters")
            case 0x80...: result += encoded(byte)
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// RFC 3986 §2.3.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        Words.isWord(byte) || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~")].contains(byte)
    }

    private static func encoded(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        UInt8(String(UnicodeScalar(byte)), radix: 16)
    }
}
