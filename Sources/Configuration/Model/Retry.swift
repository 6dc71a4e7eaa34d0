extension Configuration {
    /// Which failed attempts of a call are followed by another.
    public struct Retry: Configurable, Sendable {
        public enum Cause: String, Sendable, CaseIterable {
            /// No connection was made: nothing reached the service.
            case connect
            /// The service answered 503.
            case unavailable
            /// The connection broke before an answer came; only for calls that may be repeated.
            case reset
        }

        /// Attempts of one call, the first included.
        public var attempts = 2
        public var causes: [Cause] = [.connect, .reset]
        /// The share of calls in progress that may be retries.
        public var budget = 0.2

        public init() {}

        static let keys: [Key<Retry>] = [
            .optional("attempts", \.attempts, .integer(1...10), "Attempts of one call, the first included."),
            .optional("on", \.causes, .list(of: .word), "What is tried again."),
            .optional("budget", \.budget, .percentage, "The share of calls in progress that may be retries."),
        ]
    }
}
