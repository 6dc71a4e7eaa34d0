public import Buffers

/// A .proto file (`google.protobuf.FileDescriptorProto`).
public struct FileDescriptor: Sendable {
    /// Its path as imports say it.
    public var name = ""
    public var package = ""
    public var dependencies: [String] = []
    /// Which dependencies are passed on to those who import this file, by index.
    public var publicDependencies: [Int32] = []
    public var weakDependencies: [Int32] = []
    /// Files imported for their options only (edition 2024).
    public var optionDependencies: [String] = []
    public var messages: [MessageDescriptor] = []
    public var enums: [EnumDescriptor] = []
    public var services: [ServiceDescriptor] = []
    public var extensions: [FieldDescriptor] = []
    public var options = DescriptorOptions()
    public var edition = Edition.proto2

    public internal(set) var features = FeatureSet(.proto2)
    public var documentation: String?
    /// What the bytes say of the language, where that is none that is known.
    var unknownEdition: String?
    /// The bytes that it was read from; nil for .proto text. Unlike `encoded()` they have what this model does not know.
    public internal(set) var source: Bytes?

    public init() {}
}
