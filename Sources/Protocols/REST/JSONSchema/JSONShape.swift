public import Canonical
internal import ProtobufSchema

/// Which form answers show where JSON has several for a value.
public struct JSONShape: Sendable {
    public var numbers = NumberPolicy()
    /// Whether fields of protobuf have the names of the .proto file.
    public var usesProtoNames = false
    public var showsEnumsAsNumbers = false

    public init() {}

    func name(of field: Field) -> String {
        usesProtoNames ? field.annotations[ProtobufField.self]?.shownName ?? field.name : field.name
    }
}

extension ProtobufField {
    /// Extensions have one name only.
    fileprivate var shownName: String? { isExtension ? nil : name }
}
