extension Configuration {
    /// How a service that speaks SOAP is spoken to.
    public struct SOAPOptions: Configurable, Sendable {
        public enum Version: String, Sendable, CaseIterable {
            case v11 = "1.1"
            case v12 = "1.2"
        }

        /// What is done about messages that break the contract's schema.
        public enum Validation: String, Sendable, CaseIterable {
            case off, strict
        }

        /// How a type whose only content is one repeating element looks as JSON.
        public enum Arrays: String, Sendable, CaseIterable {
            /// An object with one array, as the contract has it.
            case wrapped
            /// The array itself; null where the object is null.
            case collapsed
        }

        /// Nil: what the contract's binding says.
        public var version: Version?
        public var validation = Validation.off
        public var arrays = Arrays.wrapped

        public init() {}

        static let keys: [Key<SOAPOptions>] = [
            .optional("version", \.version, .word, "SOAP 1.1 or 1.2; by default what the contract's binding says."),
            .optional(
                "validate", \.validation, .word.later(["log"]),
                "What is done about messages that break the contract's schema."),
            .optional(
                "arrays", \.arrays, .word, "Whether types that only wrap one repeating element become JSON arrays."),
            .unsupported("ws_security"),
        ]
    }
}
