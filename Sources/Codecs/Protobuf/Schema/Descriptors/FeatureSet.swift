/// What holds for an element after its own features, those around it and the defaults of its edition are put together.
///
/// Source: protobuf.dev, "Feature Settings for Editions"; raw values are those of `google.protobuf.FeatureSet`.
public struct FeatureSet: Sendable, Equatable {
    public enum FieldPresence: Int32, Sendable { case explicit = 1, implicit, legacyRequired }
    public enum EnumType: Int32, Sendable { case open = 1, closed }
    public enum RepeatedFieldEncoding: Int32, Sendable { case packed = 1, expanded }
    public enum UTF8Validation: Int32, Sendable { case verify = 2, none }
    public enum MessageEncoding: Int32, Sendable { case lengthPrefixed = 1, delimited }
    public enum JSONFormat: Int32, Sendable { case allow = 1, legacyBestEffort }

    public var fieldPresence: FieldPresence
    public var enumType: EnumType
    public var repeatedFieldEncoding: RepeatedFieldEncoding
    public var utf8Validation: UTF8Validation
    public var messageEncoding: MessageEncoding
    public var jsonFormat: JSONFormat

    /// The defaults of an edition.
    public init(_ edition: Edition) {
        let isProto2 = edition == .proto2
        fieldPresence = edition == .proto3 ? .implicit : .explicit
        enumType = isProto2 ? .closed : .open
        repeatedFieldEncoding = isProto2 ? .expanded : .packed
        utf8Validation = isProto2 ? .none : .verify
        messageEncoding = .lengthPrefixed
        jsonFormat = isProto2 ? .legacyBestEffort : .allow
    }

    /// These features, overridden by those that an element sets itself.
    ///
    /// - Parameter options: A `google.protobuf.FeatureSet`; nil sets nothing.
    public func overridden(by options: DescriptorOptions?) -> FeatureSet {
        guard let options else { return self }
        func value<Feature: RawRepresentable<Int32>>(_ number: Int, _ inherited: Feature) -> Feature {
            options.integer(number).flatMap { Feature(rawValue: Int32(truncatingIfNeeded: $0)) } ?? inherited
        }
        var result = self
        result.fieldPresence = value(1, fieldPresence)
        result.enumType = value(2, enumType)
        result.repeatedFieldEncoding = value(3, repeatedFieldEncoding)
        result.utf8Validation = value(4, utf8Validation)
        result.messageEncoding = value(5, messageEncoding)
        result.jsonFormat = value(6, jsonFormat)
        return result
    }
}
