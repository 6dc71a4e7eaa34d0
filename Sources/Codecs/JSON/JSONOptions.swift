public import Canonical

/// What a user may choose about JSON; the defaults are strict and lose nothing.
public struct JSONOptions: Sendable {
    /// How wide integers and decimals are shown.
    public var numbers = NumberPolicy()
    /// Members that the schema does not name are skipped instead of refused.
    public var ignoresUnknownMembers = false
    /// Names may occur twice in objects without a schema; both members are kept.
    public var acceptsDuplicateNames = false
    /// A repeated field also takes its only item without an array around it.
    public var acceptsBareItems = false
    /// Repeated fields without items are left out instead of shown as `[]`.
    public var omitsEmptyArrays = false
    /// A field whose type only wraps one repeating element (`MessageType.wrapsArray`) is the array itself.
    public var collapsesWrappers = false
    /// How deep arrays and objects may nest.
    public var maximumDepth = 64
    /// How many violations a failure names at most.
    public var maximumViolations = 16
    /// Who sent what is decoded: decides what a failure says.
    public var origin = FailureOrigin.client

    public init() {}
}
