internal import Buffers

/// Which media types are text, for services that say of an answer only that.
enum TextType {
    /// `text/*`, JSON and XML by any name; what else is text is rare, and arrives whole as bytes, too.
    static func isText(_ value: RawSpan) -> Bool {
        let end = value.firstIndex(of: UInt8(ascii: ";")) ?? value.byteCount
        let type = String(decoding: value.extracting(0..<end).trimmingOptionalWhitespace()).lowercased()
        return type.hasPrefix("text/")
            || ["json", "xml"].contains { type.hasSuffix("/\($0)") || type.hasSuffix("+\($0)") }
    }
}
