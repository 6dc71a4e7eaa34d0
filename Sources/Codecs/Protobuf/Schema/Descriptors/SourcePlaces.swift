/// Where the parts of a declaration stand in its file: byte offsets, -1 where there is no source.
struct SourcePlaces: Sendable {
    /// Of the name; or of the declaration, where there is no name.
    var name: Int32 = -1
    var number: Int32 = -1
    var type: Int32 = -1
    var extendee: Int32 = -1
    var defaultValue: Int32 = -1
    var jsonName: Int32 = -1
}
