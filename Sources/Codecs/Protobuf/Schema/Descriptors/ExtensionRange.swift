/// Numbers that other files may use for extensions (`google.protobuf.DescriptorProto.ExtensionRange`).
public struct ExtensionRange: Sendable {
    /// `end` is not one of them.
    public var numbers: NumberRange
    public var options = DescriptorOptions()
    public internal(set) var features = FeatureSet(.proto2)

    public init(numbers: NumberRange) {
        self.numbers = numbers
    }
}
