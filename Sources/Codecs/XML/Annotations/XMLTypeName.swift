/// The name of a global type, what `xsi:type` says. An annotation of `MessageType`.
public struct XMLTypeName: Sendable {
    public var name: QualifiedName

    public init(_ name: QualifiedName) {
        self.name = name
    }
}
