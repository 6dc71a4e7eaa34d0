/// A simple type: what kind of value, and the rules it keeps.
public final class ScalarType: Sendable {
    public let kind: ScalarKind
    /// The name that the contract gives it, if any, such as `tns:Currency`.
    public let name: String?
    public let documentation: String?
    public let facets: Facets

    public init(_ kind: ScalarKind, name: String? = nil, documentation: String? = nil, facets: Facets = Facets()) {
        self.kind = kind
        self.name = name
        self.documentation = documentation
        self.facets = facets
    }
}

/// The kinds of simple values; each has one JSON form and one lexical form.
public indirect enum ScalarKind: Sendable {
    case string
    case boolean
    /// Integers that fit JSON numbers: `bits` 8, 16 or 32.
    case int(bits: Int)
    case unsigned(bits: Int)
    /// 64-bit and unbounded integers: JSON strings of digits unless their facets keep them under 2^53.
    case long
    case unsignedLong
    case integer
    case decimal
    /// IEEE 754; `bits` 32 or 64.
    case float(bits: Int)
    /// Bytes; text forms base64 or hexadecimal.
    case bytes(BytesForm)
    /// Dates, times and durations: kept as written.
    case temporal(TemporalKind)
    case uri
    /// A qualified name; `{namespace}local` in JSON.
    case qualifiedName
    /// Space-separated items in one value; an array in JSON.
    case list(of: ScalarType)
    /// The first member whose rules the value keeps decides.
    case union(of: [ScalarType])
}

public enum BytesForm: Sendable {
    case base64, hexadecimal
}

/// XSD's date and time types (XSD 1.0 part 2 §3.2.6–3.2.14).
public enum TemporalKind: String, Sendable {
    case dateTime, date, time, duration, gYear, gYearMonth, gMonth, gMonthDay, gDay
}

/// The constraining facets of XSD 1.0 part 2 §4.3, which JSON Schema's keywords map to.
public struct Facets: Sendable {
    public enum Whitespace: Sendable { case preserve, replace, collapse }

    public var whitespace: Whitespace?
    public var length: Int?
    public var minimumLength: Int?
    public var maximumLength: Int?
    /// Bounds as exact decimal or lexical text.
    public var minimum: Bound?
    public var maximum: Bound?
    public var totalDigits: Int?
    public var fractionDigits: Int?
    /// The literals allowed; nil is any.
    public var enumeration: [EnumerationValue]?
    /// All must match the whole value; the alternatives of one derivation step are one pattern.
    public var patterns: [Pattern] = []

    public init() {}

    public struct Bound: Sendable {
        public var value: String
        public var isExclusive: Bool

        public init(_ value: String, isExclusive: Bool = false) {
            self.value = value
            self.isExclusive = isExclusive
        }
    }

    public struct EnumerationValue: Sendable {
        public var literal: String
        public var documentation: String?

        public init(_ literal: String, documentation: String? = nil) {
            self.literal = literal
            self.documentation = documentation
        }
    }

    /// A regular expression in the contract's own dialect with its compiled matcher.
    public struct Pattern: Sendable {
        public var source: String
        public var matcher: any PatternMatcher

        public init(source: String, matcher: any PatternMatcher) {
            self.source = source
            self.matcher = matcher
        }
    }
}

/// A compiled regular expression; must hold against hostile input in bounded time.
public protocol PatternMatcher: Sendable {
    /// Whether the whole of `text` matches.
    func matches(_ text: RawSpan) -> Bool
}
