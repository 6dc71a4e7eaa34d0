/// Fields of which at most one is set (`google.protobuf.OneofDescriptorProto`).
public struct OneofDescriptor: Sendable {
    public var name = ""
    public var options = DescriptorOptions()

    public internal(set) var fullName = ""
    public internal(set) var features = FeatureSet(.proto2)
    public var documentation: String?
    var places = SourcePlaces()

    public init() {}
}
