/// The path template of an HTTP rule, parsed: `/v1/{name=shelves/*/books/**}:archive`.
///
/// Source: google/api/http.proto, "Path template syntax".
public struct HTTPTemplate: Sendable, Hashable {
    public enum Segment: Sendable, Hashable {
        /// As it stands in a path.
        case literal(String)
        /// `*`: one segment.
        case any
        /// `**`: any number of segments, or none. There is one at most. The grammar wants it last; published APIs have
        /// segments behind it, which then are the last ones of a path.
        case rest
    }

    /// A field of the request with the segments that are its value.
    public struct Variable: Sendable, Hashable {
        /// The names of fields from the request down, as the .proto file has them.
        public let path: [String]
        /// The places of its segments in the template.
        public let segments: Range<Int>
        /// Whether its value may have several segments; their `%2F` is kept then, all else is decoded.
        public let isMultiSegment: Bool

        /// `book.name`
        public var name: String { path.joined(separator: ".") }
    }

    public let segments: [Segment]
    public let variables: [Variable]
    /// What stands behind the last colon; nil without one.
    public let verb: String?

    /// Parses a template.
    ///
    /// - Throws: `HTTPTemplateError` with the place of the first byte that does not fit.
    public init(_ text: String) throws(HTTPTemplateError) {
        var parser = HTTPTemplateParser(text)
        try parser.parse()
        segments = parser.segments
        variables = parser.variables
        verb = parser.verb
    }

    /// What two templates share that match the same paths: the segments without the names of fields.
    public var shape: String {
        let parts = segments.map { segment in
            switch segment {
            case .literal(let text): text
            case .any: "*"
            case .rest: "**"
            }
        }
        return "/" + parts.joined(separator: "/") + (verb.map { ":" + $0 } ?? "")
    }
}
