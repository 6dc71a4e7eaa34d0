/// A service (`google.protobuf.ServiceDescriptorProto`).
public struct ServiceDescriptor: Sendable {
    public var name = ""
    public var methods: [MethodDescriptor] = []
    public var options = DescriptorOptions()

    public internal(set) var fullName = ""
    public internal(set) var features = FeatureSet(.proto2)
    public var documentation: String?
    var places = SourcePlaces()

    public init() {}
}
