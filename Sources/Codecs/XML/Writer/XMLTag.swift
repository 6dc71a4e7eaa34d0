public import Buffers

/// The tags of one element as bytes, made at load time so that writing one is a copy.
public struct XMLTag: Sendable {
    /// `<prefix:name`, without what comes behind: attributes, then `>` or `/>`.
    public let start: Bytes
    /// `</prefix:name>`.
    public let end: Bytes
    /// `<prefix:name/>`.
    public let empty: Bytes

    /// - Parameters:
    ///   - prefix: The prefix, or nothing for none.
    ///   - name: The local name; both come from a contract that was checked.
    ///   - attributes: Written into `start` and `empty` as it is: namespace declarations, ready with a leading space.
    public init(prefix: String = "", name: String, attributes: String = "") {
        let qualified = prefix.isEmpty ? name : prefix + ":" + name
        start = Bytes("<" + qualified + attributes)
        end = Bytes("</" + qualified + ">")
        empty = Bytes("<" + qualified + attributes + "/>")
    }
}
