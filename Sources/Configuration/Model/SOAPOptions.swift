extension Configuration {
    /// How a service that speaks SOAP is spoken to.
    public struct SOAPOptions: Configurable, Sendable {
        public enum Version: String, Sendable, CaseIterable {
            case v11 = "1.1"
            case v12 = "1.2"
        }

        /// What is done about messages that break the contract's schema.
        public enum Validation: String, Sendable, CaseIterable {
            /// They pass.
            case off
            /// They pass, and the log says what is wrong with them.
            case log
            /// They are refused: 502.
            case strict
        }

        /// What is done about elements and attributes of answers that the contract has no place for.
        public enum Unknown: String, Sendable, CaseIterable {
            /// They are shown as `$any` and `@*`.
            case keep
            case ignore
            /// The answer is refused: 502.
            case reject
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
        /// Nil: refused where `validation` is strict, else kept.
        public var unknown: Unknown?
        /// Attributes that an answer leaves out have the contract's default in the JSON.
        public var fillsDefaults = false
        public var arrays = Arrays.wrapped

        public init() {}

        static let keys: [Key<SOAPOptions>] = [
            .optional("version", \.version, .word, "SOAP 1.1 or 1.2; by default what the contract's binding says."),
            .optional(
                "validate", \.validation, .word,
                "What is done about answers that break the contract's schema: they pass, pass and are logged, or are 502."
            ),
            .optional(
                "unknown", \.unknown, .word,
                "What is done about elements and attributes of answers that the contract does not know: shown as $any "
                    + "and @*, left out, or 502. By default kept, and refused where validate is strict."),
            .optional(
                "fill_defaults", \.fillsDefaults, .flag,
                "Whether attributes that an answer leaves out are shown with the contract's default."),
            .optional(
                "arrays", \.arrays, .word, "Whether types that only wrap one repeating element become JSON arrays."),
            .unsupported("ws_security"),
        ]
    }
}
