/// A method of a service (`google.protobuf.MethodDescriptorProto`).
public struct MethodDescriptor: Sendable {
    /// What calling it does; the raw value is that of `MethodOptions.IdempotencyLevel`.
    public enum Idempotency: Int64, Sendable { case unknown, noSideEffects, idempotent }

    public var name = ""
    /// With a dot in front of the full name once linked.
    public var inputType = ""
    public var outputType = ""
    public var isClientStreaming = false
    public var isServerStreaming = false
    public var options = DescriptorOptions()

    public internal(set) var fullName = ""
    public internal(set) var features = FeatureSet(.proto2)
    public var documentation: String?
    /// `type` is the place of the input, `extendee` that of the output.
    var places = SourcePlaces()

    public init() {}

    public var inputFullName: String { String(inputType.drop { $0 == "." }) }
    public var outputFullName: String { String(outputType.drop { $0 == "." }) }

    public var idempotency: Idempotency { options.integer(34).flatMap(Idempotency.init) ?? .unknown }
}
