extension Configuration {
    /// The paths that a route is for: `/accounts/:id`, `/files/*/meta`, `/catalog/**`.
    public struct PathPattern: Sendable, Hashable, CustomStringConvertible {
        public enum Segment: Sendable, Hashable {
            /// Percent-encoded in normal form (RFC 3986 §6.2.2): unreserved characters decoded, hexadecimal upper case.
            /// Empty at the end of a path that ends in a slash.
            case literal(String)
            /// `:name`, one segment that is not empty.
            case parameter(String)
            /// `*`, one segment.
            case any
            /// `**`, no segment or more; the last one.
            case rest
        }

        /// None for `/`.
        public var segments: [Segment]

        public init(segments: [Segment]) {
            self.segments = segments
        }

        /// The names of the parameters, in order.
        public var parameters: [String] {
            segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
        }

        /// Whether it ends in `**`.
        public var hasRest: Bool { segments.last == .rest }

        public var description: String {
            "/"
                + segments.map { segment in
                    switch segment {
                    case .literal(let text): text
                    case .parameter(let name): ":" + name
                    case .any: "*"
                    case .rest: "**"
                    }
                }
                .joined(separator: "/")
        }

        /// The same paths, whatever the parameters are called.
        var anonymous: PathPattern {
            PathPattern(segments: segments.map { if case .parameter = $0 { .parameter("") } else { $0 } })
        }
    }
}
