/// A message type (`google.protobuf.DescriptorProto`).
public struct MessageDescriptor: Sendable {
    public var name = ""
    public var fields: [FieldDescriptor] = []
    /// Extensions that are declared inside it, of whatever message.
    public var extensions: [FieldDescriptor] = []
    public var messages: [MessageDescriptor] = []
    public var enums: [EnumDescriptor] = []
    public var extensionRanges: [ExtensionRange] = []
    public var oneofs: [OneofDescriptor] = []
    public var options = DescriptorOptions()
    /// Without their ends.
    public var reservedRanges: [NumberRange] = []
    public var reservedNames: [String] = []
    /// `SymbolVisibility` of edition 2024.
    public var visibility: Int32?

    /// Package, outer messages and name, with dots between.
    public internal(set) var fullName = ""
    public internal(set) var features = FeatureSet(.proto2)
    public var documentation: String?
    var places = SourcePlaces()

    public init() {}

    /// Whether it is the entry of a map field, made by the compiler (`MessageOptions.map_entry`).
    public var isMapEntry: Bool { options.boolean(7) ?? false }

    /// Whether it is written as a message set (`MessageOptions.message_set_wire_format`).
    public var isMessageSet: Bool { options.boolean(1) ?? false }
}
