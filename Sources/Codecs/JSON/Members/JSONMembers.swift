public import Buffers
public import Canonical

/// The members of one JSON object as they stand in its text: for envelopes whose contents are somebody else's to read.
///
/// All of the text is checked to be JSON on the way, so that what is cut out of it is a whole value.
public struct JSONMembers: Sendable {
    private let text: Bytes
    private var members: [(name: String, value: Range<Int>)] = []

    /// - Parameters:
    ///   - text: One JSON text.
    ///   - origin: Whose text it is, for failures.
    /// - Throws: "json.syntax" for what is no object, or has a name twice; "json.depth".
    public init(_ text: Bytes, origin: FailureOrigin = .client, maximumDepth: Int = 64) throws(Failure) {
        self.text = text
        var reader = MemberReader(text.span, origin: origin, maximumDepth: maximumDepth)
        members = try reader.read()
    }

    /// The names, in the order of the text.
    public var names: [String] { members.map(\.name) }

    /// The JSON text of the member `name`; nil when there is none.
    public subscript(name: String) -> Bytes? {
        members.first { $0.name == name }.map { text[$0.value] }
    }

    /// The member `name` as text: what a string says, or the digits of a number; nil for anything else.
    public func text(of name: String) -> String? {
        guard let value = self[name], let first = value.isEmpty ? nil : value[0] else { return nil }
        if first == UInt8(ascii: "\"") {
            var reader = MemberReader(value.span, origin: .client, maximumDepth: 1)
            return try? reader.readText()
        }
        let isNumber = first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        return isNumber ? String(decoding: value.span) : nil
    }

    /// The object without the members of `names`, as they stand otherwise.
    public func without(_ names: Set<String>) -> Bytes {
        guard members.contains(where: { names.contains($0.name) }) else { return text }
        var json = JSONWriter(capacity: text.count)
        json.object { json in
            for member in members where !names.contains(member.name) {
                json.name(member.name)
                json.raw(text[member.value].span)
            }
        }
        return json.finish()
    }
}

private struct MemberReader: JSONScanning, ~Copyable, ~Escapable {
    let text: RawSpan
    let origin: FailureOrigin
    let maximumDepth: Int
    var index = 0
    var depth = 0
    var unescaped: [UInt8] = []
    var violations: [Violation] = []
    var maximumViolations: Int { 0 }

    @_lifetime(copy text)
    init(_ text: RawSpan, origin: FailureOrigin, maximumDepth: Int) {
        self.text = text
        self.origin = origin
        self.maximumDepth = maximumDepth
    }

    mutating func read() throws(Failure) -> [(name: String, value: Range<Int>)] {
        try readStart()
        guard skip(UInt8(ascii: "{")) else { throw syntax("an object is expected") }
        try enter()
        var members: [(name: String, value: Range<Int>)] = []
        var seen: Set<String> = []
        skipSpace()
        if !skip(UInt8(ascii: "}")) {
            repeat {
                let start = index
                let name = try readText()
                guard seen.insert(name).inserted else {
                    throw syntax("the name \"\(name)\" stands twice", at: start)
                }
                try readColon()
                let value = index
                try skipValue()
                members.append((name, value..<index))
            } while try readSeparator(orEnd: UInt8(ascii: "}"))
        }
        leave()
        try readEnd()
        return members
    }

    mutating func readText() throws(Failure) -> String {
        let string = try readString()
        defer { unescaped.removeAll() }
        return string.isInSide
            ? String(decoding: unescaped.span.bytes.extracting(string.range))
            : String(decoding: text.extracting(string.range))
    }
}
