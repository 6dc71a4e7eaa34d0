/// A field of a message in text format with the values that stand behind it.
///
/// Source: protobuf.dev, "Text Format Language Specification".
struct TextField: Sendable {
    enum Name: Sendable {
        case field(String)
        /// `[full.name]`
        case `extension`(String)
        /// `[host/full.name]`: the content of an `Any`.
        case any(host: String, type: String)
    }

    var name: Name
    var place: Range<Int>
    var values: [OptionValue]
    /// The values stood between brackets.
    var isList: Bool
}
