/// A value of an enum (`google.protobuf.EnumValueDescriptorProto`).
public struct EnumValueDescriptor: Sendable {
    public var name = ""
    public var number: Int32 = 0
    public var options = DescriptorOptions()

    /// Values stand beside their enum, not in it.
    public internal(set) var fullName = ""
    public internal(set) var features = FeatureSet(.proto2)
    public var documentation: String?
    var places = SourcePlaces()

    public init() {}
}
