internal import Buffers

/// Parses a path template by the grammar of google/api/http.proto.
struct HTTPTemplateParser {
    private(set) var segments: [HTTPTemplate.Segment] = []
    private(set) var variables: [HTTPTemplate.Variable] = []
    private(set) var verb: String?
    private let bytes: [UInt8]
    private var index = 0
    /// Where the path ends and the verb begins.
    private var end: Int

    init(_ text: String) {
        bytes = Array(text.utf8)
        end = bytes.count
    }

    mutating func parse() throws(HTTPTemplateError) {
        guard bytes.first == UInt8(ascii: "/") else { throw error("A path begins with '/'.") }
        try splitVerb()
        index = 1
        // The root has no segments.
        if end > 1 { try parseSegments(inVariable: false) }
    }

    /// A verb stands behind the last colon that is behind the last slash and the last variable.
    private mutating func splitVerb() throws(HTTPTemplateError) {
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return }
        let tail = bytes[(colon + 1)...]
        guard !tail.contains(UInt8(ascii: "/")), !tail.contains(UInt8(ascii: "}")) else { return }
        if let wrong = tail.firstIndex(where: { !Self.isLiteral($0) }) {
            throw error("A verb has no '\(Character(Unicode.Scalar(bytes[wrong])))'.", at: wrong)
        }
        guard !tail.isEmpty else { throw error("A verb follows ':'.", at: colon) }
        verb = String(decoding: tail, as: UTF8.self)
        end = colon
    }

    private mutating func parseSegments(inVariable: Bool) throws(HTTPTemplateError) {
        repeat { try parseSegment(inVariable: inVariable) } while take("/")
        guard inVariable || index == end else {
            throw error("Expected '/' or ':', found '\(Character(Unicode.Scalar(bytes[index])))'.")
        }
    }

    private mutating func parseSegment(inVariable: Bool) throws(HTTPTemplateError) {
        if take("*") {
            guard take("*") else { return segments.append(.any) }
            guard !segments.contains(.rest) else { throw error("'**' stands twice in the path.", at: index - 2) }
            return segments.append(.rest)
        }
        if index < end, bytes[index] == UInt8(ascii: "{") {
            guard !inVariable else { throw error("A variable cannot stand in a variable.") }
            return try parseVariable()
        }
        let start = index
        while index < end, Self.isLiteral(bytes[index]) || bytes[index] == UInt8(ascii: ":") { index += 1 }
        guard index > start else { throw error("A segment is empty.") }
        segments.append(.literal(String(decoding: bytes[start..<index], as: UTF8.self)))
    }

    private mutating func parseVariable() throws(HTTPTemplateError) {
        let open = index
        index += 1
        var path: [String] = []
        repeat { path.append(try parseName()) } while take(".")
        let first = segments.count
        if take("=") {
            try parseSegments(inVariable: true)
        } else {
            segments.append(.any)
        }
        guard take("}") else { throw error("A variable ends with '}'.") }
        guard !variables.contains(where: { $0.path == path }) else {
            throw error("'\(path.joined(separator: "."))' stands twice in the path.", at: open)
        }
        let own = segments[first...]
        variables.append(
            HTTPTemplate.Variable(
                path: path, segments: first..<segments.count,
                isMultiSegment: own.count > 1 || own.contains(.rest)))
    }

    private mutating func parseName() throws(HTTPTemplateError) -> String {
        let start = index
        while index < end, ProtoLexer.isNameByte(bytes[index]) { index += 1 }
        guard index > start, !ASCII.isDigit(bytes[start]) else {
            throw error("Expected the name of a field.", at: start)
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func take(_ symbol: Character) -> Bool {
        guard index < end, bytes[index] == symbol.asciiValue else { return false }
        index += 1
        return true
    }

    /// What a path segment may have without being encoded, and `%` (RFC 3986 §3.3); the template's own symbols are not.
    private static func isLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"),
            UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "%"):
            true
        default: ProtoLexer.isNameByte(byte)
        }
    }

    private func error(_ message: String, at offset: Int? = nil) -> HTTPTemplateError {
        HTTPTemplateError(message: message, offset: offset ?? index)
    }
}
