/// Where the text of a value lies while it is being decoded: in the source, or in the side area of the builder.
public struct LexicalText: Sendable {
    public var range: Range<Int>
    public var isInSide: Bool
    /// The reader already knows that JSON needs no escapes for it.
    public var isPlain: Bool

    /// Text that stands in the source as it is.
    public static func source(_ range: Range<Int>, isPlain: Bool = false) -> LexicalText {
        LexicalText(range: range, isInSide: false, isPlain: isPlain)
    }

    /// Text that was unescaped or made, in `DocumentBuilder.side`.
    public static func side(_ range: Range<Int>) -> LexicalText {
        LexicalText(range: range, isInSide: true, isPlain: false)
    }
}

extension Node {
    /// Where the text of the node lies while its tape is being written, or another over the same text.
    public var lexicalText: LexicalText {
        let range = textOffset..<textOffset &+ textLength
        return flags.contains(.isInSide) ? .side(range) : .source(range, isPlain: flags.contains(.isPlain))
    }
}
