/// One word of a .proto file.
struct ProtoToken {
    enum Kind { case identifier, integer, float, string, symbol, end }

    var kind: Kind
    var range: Range<Int>
    /// The comment right before it; empty when there is none.
    var comment: Range<Int>
    /// The byte of a symbol, 0 for everything else.
    var symbol: UInt8 = 0
}
