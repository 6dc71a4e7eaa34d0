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

    /// What is done about elements and attributes that the schema has no place for.
    public enum Unknown: Sendable {
        /// They are kept: elements under `$any`, attributes under `@*`. What stands in a plain value, where neither can
        /// be, is left out and counted.
        case keep
        /// They are left out and counted.
        case ignore
        /// A message that has any is refused.
        case reject
    }

    public var validation: Validation
    public var unknown: Unknown
    /// Attributes that are absent have their default in the message.
    public var fillsDefaults = false
    /// Attributes of these namespaces are another layer's affair wherever they stand.
    public var foreignNamespaces: [NamespaceID] = []
    /// How many findings are kept.
    public var maximumViolations = 16
    public var limits = XMLLimits.message
    /// Who sent what is decoded: decides what a failure says.
    public var origin: FailureOrigin

    public init(validation: Validation = .strict, unknown: Unknown = .reject, origin: FailureOrigin = .client) {
        self.validation = validation
        self.unknown = unknown
        self.origin = origin
    }

    /// For what clients send: strict.
    public static let request = XMLOptions()
    /// For what upstreams answer: lenient.
    public static let response = XMLOptions(validation: .off, unknown: .keep, origin: .upstream)
}
