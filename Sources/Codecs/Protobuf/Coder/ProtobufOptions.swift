public import Canonical

/// What a user may choose about protobuf and its JSON; the defaults are those of the specification.
public struct ProtobufOptions: Sendable {
    /// JSON shows fields without presence that have their default, and empty arrays and maps.
    public var printsDefaults = false
    /// JSON calls fields as the .proto file does.
    public var usesProtoNames = false
    /// JSON shows enums by number.
    public var showsEnumsAsNumbers = false
    /// JSON shows 64-bit integers as numbers instead of strings.
    public var showsWideIntegersAsNumbers = false
    /// JSON's members, and names of enum values, that the schema does not know are skipped instead of refused.
    public var ignoresUnknownMembers = false
    /// How deep messages may nest, and JSON's arrays and objects.
    public var maximumDepth = 100
    /// How many violations a failure names at most.
    public var maximumViolations = 16
    /// Who sent what is decoded: decides what a failure says.
    public var origin = FailureOrigin.client

    public init() {}
}
