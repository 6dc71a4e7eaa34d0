internal import Buffers

/// A name with or without a prefix, as its place in the document; without one it begins with its local part.
struct QualifiedRange {
    let start: Int
    let localStart: Int
    let end: Int

    var hasPrefix: Bool { localStart != start }
}

/// Pieces of XML's grammar that need no state.
extension RawSpan {
    /// Whether `text` stands at `index`.
    func begins(_ text: StaticString, at index: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        return index &+ length <= byteCount && extracting(index..<(index &+ length)).equals(text)
    }

    /// Whether `]]>` stands at `index`.
    func endsCDATA(at index: Int) -> Bool {
        peek(index) == UInt8(ascii: "]") && peek(index &+ 1) == UInt8(ascii: "]")
            && peek(index &+ 2) == UInt8(ascii: ">")
    }

    /// The name that begins at `start` (Namespaces in XML 1.0, QName); it is at most `limit` bytes long.
    func qualifiedName(from start: Int, limit: Int) throws(XMLError) -> QualifiedRange {
        var end = try name(from: start)
        var localStart = start
        if peek(end) == UInt8(ascii: ":") {
            localStart = end &+ 1
            end = try name(from: localStart)
            if peek(end) == UInt8(ascii: ":") { throw XMLError(.name, at: end) }
        }
        if end &- start > limit { throw XMLError(.nameTooLong, at: start) }
        return QualifiedRange(start: start, localStart: localStart, end: end)
    }

    /// The end of the name without `:` that begins at `start` (NCName).
    @inline(__always)
    func name(from start: Int) throws(XMLError) -> Int {
        guard beginsName(at: start) else {
            throw start < byteCount ? XMLError(.name, at: start) : XMLError(.truncated, at: byteCount)
        }
        return endOfName(from: start)
    }

    /// Something else was expected at `offset`, or more.
    func syntaxError(at offset: Int) -> XMLError {
        offset < byteCount ? XMLError(.syntax, at: offset) : XMLError(.truncated, at: byteCount)
    }
}
