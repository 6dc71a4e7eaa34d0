/// An enum type (`google.protobuf.EnumDescriptorProto`).
public struct EnumDescriptor: Sendable {
    public var name = ""
    public var values: [EnumValueDescriptor] = []
    public var options = DescriptorOptions()
    /// With their ends.
    public var reservedRanges: [NumberRange] = []
    public var reservedNames: [String] = []
    /// `SymbolVisibility` of edition 2024.
    public var visibility: Int32?

    public internal(set) var fullName = ""
    public internal(set) var features = FeatureSet(.proto2)
    public var documentation: String?
    var places = SourcePlaces()

    public init() {}

    /// Whether numbers without a name are unknown fields instead of values.
    public var isClosed: Bool { features.enumType == .closed }

    /// Whether several values may have one number (`EnumOptions.allow_alias`).
    public var allowsAliases: Bool { options.boolean(2) ?? false }
}
