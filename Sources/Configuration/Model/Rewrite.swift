extension Configuration {
    /// What a proxied request looks like to the upstream.
    public struct Rewrite: Configurable, Sendable {
        /// The path to ask for; its parameters and `**` are those of the route's path. Nil: the path as it came.
        public var path: PathPattern?
        public var headers = HeaderRewrite()

        public init() {}

        static let keys: [Key<Rewrite>] = [
            .optional(
                "path", \.path, PathPattern.shape, "The path to ask for, with :parameters and ** of the route's path."),
            .optional("headers", \.headers, .mapping, "Header fields of the request to set and to remove."),
        ]
    }
}
