/// A route's path, cut at its slashes.
public struct PathPattern: Sendable, Hashable {
    public enum Segment: Sendable, Hashable {
        case literal([UInt8])
        /// `:name`: one non-empty segment.
        case parameter(String)
        /// `*`: one non-empty segment without a name.
        case wildcard
        /// `**`: all that follows, also nothing; once at most. Segments behind it are the last ones of a path, as
        /// published http rules have them.
        case rest
    }

    public var segments: [Segment]
    /// `:verb` behind the last segment, without its colon, as http rules have it; no part of what a parameter stands for.
    public var verb: String?

    public init(segments: [Segment], verb: String? = nil) {
        self.segments = segments
        self.verb = verb
    }

    /// Reads `/accounts/:id/**`; literals are taken as they stand.
    public init(_ text: String) {
        segments = text.split(separator: "/", omittingEmptySubsequences: true).map { part in
            switch part {
            case "*": .wildcard
            case "**": .rest
            default: part.hasPrefix(":") ? .parameter(String(part.dropFirst())) : .literal(Array(part.utf8))
            }
        }
        // A trailing slash is an empty last segment: `/a` and `/a/` are two places.
        if text.hasSuffix("/") { segments.append(.literal([])) }
    }

    /// The names of the captures, in order; `*` and `**` carry their signs as names.
    public var captureNames: [String] {
        segments.compactMap { segment in
            switch segment {
            case .literal: nil
            case .parameter(let name): name
            case .wildcard: "*"
            case .rest: "**"
            }
        }
    }
}

extension PathPattern: CustomStringConvertible {
    public var description: String {
        segments.map { segment in
            switch segment {
            case .literal(let bytes): "/" + String(decoding: bytes, as: UTF8.self)
            case .parameter(let name): "/:" + name
            case .wildcard: "/*"
            case .rest: "/**"
            }
        }.joined() + (verb.map { ":" + $0 } ?? "")
    }
}
