internal import Canonical

/// The JSON values that a simple type reads. Numbers may come as strings too, since not every reader keeps their digits.
struct JSONTokens: OptionSet, Sendable {
    let rawValue: UInt8

    static let string = JSONTokens(rawValue: 1)
    static let number = JSONTokens(rawValue: 2)
    static let boolean = JSONTokens(rawValue: 4)
    static let array = JSONTokens(rawValue: 8)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ kind: ScalarKind) {
        switch kind {
        case .string, .bytes, .temporal, .uri, .qualifiedName: self = .string
        case .boolean: self = .boolean
        case .int, .unsigned, .long, .unsignedLong, .integer, .decimal, .float: self = [.number, .string]
        case .list: self = .array
        case .union(let types): self = types.reduce(into: []) { $0.formUnion(JSONTokens($1.kind)) }
        }
    }

    /// What a value of another kind is told.
    var expectation: String {
        if contains(.number) && !contains(.boolean) && !contains(.array) { return "must be a number" }
        if self == .string { return "must be a string" }
        if self == .boolean { return "must be true or false" }
        return self == .array ? "must be an array" : "must be a simple value"
    }
}
