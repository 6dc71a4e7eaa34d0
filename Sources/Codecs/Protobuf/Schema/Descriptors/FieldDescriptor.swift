/// A field of a message, or an extension of one (`google.protobuf.FieldDescriptorProto`).
public struct FieldDescriptor: Sendable {
    public enum Label: Int32, Sendable { case optional = 1, required, repeated }
    /// What an absent field means.
    public enum Presence: Sendable {
        /// Absent and default are two things.
        case explicit
        /// The default is not written.
        case implicit
        /// A message without it is no message.
        case required
        /// Repeated fields and maps have no presence but their items.
        case none
    }

    public var name = ""
    public var number: Int32 = 0
    public var label = Label.optional
    /// nil where a name stands whose meaning is not known yet.
    public var type: ProtobufType?
    /// The message or enum, with a dot in front of its full name once linked.
    public var typeName: String?
    /// The message that an extension extends, like `typeName`.
    public var extendee: String?
    /// The declared default: text, C-escaped for bytes, the name for enums.
    public var defaultValue: String?
    /// The place of its oneof in the message, real or synthetic.
    public var oneofIndex: Int32?
    public var jsonName: String?
    /// `optional` of proto3: explicit presence through a synthetic oneof.
    public var isProto3Optional = false
    public var options = DescriptorOptions()

    /// What follows from its place among the others; set when linked.
    public internal(set) var fullName = ""
    public internal(set) var features = FeatureSet(.proto2)
    /// The leading comment.
    public var documentation: String?
    var places = SourcePlaces()

    public init() {}

    /// The full name of its message or enum.
    public var typeFullName: String? { typeName.map { String($0.drop { $0 == "." }) } }
    /// The full name of the message that it extends.
    public var extendeeFullName: String? { extendee.map { String($0.drop { $0 == "." }) } }

    public var isExtension: Bool { extendee != nil }

    public var isRepeated: Bool { label == .repeated }

    public var presence: Presence {
        if isRepeated { return .none }
        if label == .required || features.fieldPresence == .legacyRequired { return .required }
        let hasPresence = type?.isMessage == true || oneofIndex != nil || isExtension || isProto3Optional
        return hasPresence || features.fieldPresence == .explicit ? .explicit : .implicit
    }

    /// Whether several values are written in one length-delimited field; both forms are read anyway.
    public var isPacked: Bool {
        isRepeated && type?.isPackable == true && features.repeatedFieldEncoding == .packed
    }

    /// Whether its message is written between group tags.
    public var isDelimited: Bool {
        type == .group || type == .message && features.messageEncoding == .delimited
    }

    /// Whether text that is not UTF-8 is refused.
    public var isUTF8Checked: Bool { type == .string && features.utf8Validation == .verify }
}
