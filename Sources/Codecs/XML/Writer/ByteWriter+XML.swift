public import Buffers

/// What writing XML takes: escapes, and tags that were made at load time. There are no templates: what is a value goes
/// through `appendXMLText` or `appendXMLAttributeValue` and comes out as a value.
extension ByteWriter {
    /// `<?xml version="1.0" encoding="UTF-8"?>`
    public mutating func appendXMLDeclaration() {
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    }

    /// Writes text content. A carriage return is written as a reference, or it would come back as a line feed.
    ///
    /// - Throws: `XMLError` "xml.character" or "xml.encoding" at the byte of `text` that no XML document can hold.
    public mutating func appendXMLText(_ text: RawSpan) throws(XMLError) {
        try appendXML(text, isAttribute: false)
    }

    /// Writes what stands between the double quotes of an attribute; tabs and line ends survive.
    ///
    /// - Throws: As `appendXMLText`.
    public mutating func appendXMLAttributeValue(_ value: RawSpan) throws(XMLError) {
        try appendXML(value, isAttribute: true)
    }

    private mutating func appendXML(_ text: RawSpan, isAttribute: Bool) throws(XMLError) {
        reserve(text.byteCount)
        var written = 0
        var index = text.endOfUnescaped(from: 0)
        while index < text.byteCount {
            let byte = text[index]
            if byte >= 0x80 {
                index = text.endOfUnescaped(from: try text.checkCharacter(at: index))
                continue
            }
            if let escape = Self.escape(of: byte, isAttribute: isAttribute) {
                append(text.extracting(written..<index))
                append(escape)
                written = index &+ 1
            } else {
                _ = try text.checkCharacter(at: index)
            }
            index = text.endOfUnescaped(from: index &+ 1)
        }
        append(text.extracting(written..<index))
    }

    /// What is written for `byte`, or nil when it stands for itself or may not be written at all.
    private static func escape(of byte: UInt8, isAttribute: Bool) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\r"): "&#13;"
        case UInt8(ascii: "\""): isAttribute ? "&quot;" : nil
        case UInt8(ascii: "\t"): isAttribute ? "&#9;" : nil
        case UInt8(ascii: "\n"): isAttribute ? "&#10;" : nil
        default: nil
        }
    }
}

extension RawSpan {
    /// The first byte at or after `start` that is not simply copied: `&`, `<`, `>`, `"`, a control character or one
    /// past ASCII; or the end.
    fileprivate func endOfUnescaped(from start: Int) -> Int {
        var index = start
        while index &+ 8 <= byteCount {
            let word = word(at: index)
            let stops =
                Self.findAngle(in: word) | Self.find(0x26, in: word) | Self.find(0x22, in: word)
                | Self.findControl(in: word) | word & 0x8080_8080_8080_8080
            if stops != 0 { return index &+ stops.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < byteCount {
            let byte = self[index]
            if byte | 2 == 0x3E || byte == 0x26 || byte == 0x22 || byte < 0x20 || byte >= 0x80 { return index }
            index &+= 1
        }
        return index
    }
}
