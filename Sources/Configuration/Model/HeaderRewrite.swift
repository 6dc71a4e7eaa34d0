extension Configuration {
    /// Header fields to set and to remove.
    public struct HeaderRewrite: Configurable, Sendable {
        public var set: [HeaderField] = []
        public var remove: [String] = []

        public init() {}

        static let keys: [Key<HeaderRewrite>] = [
            .optional("set", \.set, HeaderField.listShape, "Fields to set, in place of those of the same name."),
            .optional("remove", \.remove, .list(of: HeaderField.nameShape), "Fields to remove."),
        ]
    }
}
