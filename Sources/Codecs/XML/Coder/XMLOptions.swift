public import Canonical

/// What a user may choose about reading XML.
public struct XMLOptions: Sendable {
    public enum Validation: Sendable {
        /// What can be read is read; nothing is said about the rest.
        case off
        /// As `off`, but what the schema does not allow is reported.
        case log
        /// A message that its schema does not allow is refused.
        case strict
    }

    public var validation: Validation
    /// Elements that the schema does not know are kept under `$any` where the type has such a field; else, and where it
    /// has none, they are left out and counted.
    public var keepsUnknown: Bool
    /// How many findings are kept.
    public var maximumViolations = 16
    public var limits = XMLLimits.message
    /// Who sent what is decoded: decides what a failure says.
    public var origin: FailureOrigin

    public init(validation: Validation = .strict, keepsUnknown: Bool = false, origin: FailureOrigin = .client) {
        self.validation = validation
        self.keepsUnknown = keepsUnknown
        self.origin = origin
    }

    /// For what clients send: strict.
    public static let request = XMLOptions()
    /// For what upstreams answer: lenient.
    public static let response = XMLOptions(validation: .off, keepsUnknown: true, origin: .upstream)
}
