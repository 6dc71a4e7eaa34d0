extension Configuration {
    /// How a contract that is no .proto file is offered over gRPC.
    public struct GRPCOptions: Configurable, Sendable {
        /// What becomes of values that may be null.
        public enum Nulls: String, Sendable, CaseIterable {
            /// They are fields that are not set.
            case unset
            /// Where null and absent are two things, a message says which.
            case message
        }

        /// Nil: made of the contract's namespace.
        public var package: String?
        public var nulls = Nulls.unset

        public init() {}

        static let keys: [Key<GRPCOptions>] = [
            .optional(
                "package", \.package, packageShape,
                "The protobuf package of its services and messages; by default made of the contract's namespace."),
            .optional(
                "nulls", \.nulls, .word,
                "What becomes of values that may be null: fields that are not set, or messages where null and absent are "
                    + "two things."),
        ]

        private static let packageShape = Shape<String>.scalar(
            "a package such as com.example.bank.v1", schema: Shape<String>.text.schema
        ) { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let isPackage = parts.allSatisfy { part in
                guard let first = part.utf8.first, first | 0x20 &- 0x61 < 26 else { return false }
                return part.utf8.allSatisfy { $0 | 0x20 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }
            }
            return isPackage ? text : nil
        }
    }
}
