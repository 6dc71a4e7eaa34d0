/// The elements of the type may stand in any order (`xs:all`). An annotation of `MessageType`.
public struct XMLAll: Sendable {
    public init() {}
}
