internal import Buffers

/// Where a start tag without attributes may stand whose name somebody can guess.
struct ExpectedTag {
    /// The `<`.
    let start: Int
    let localStart: Int
    /// Of the prefix that stands there.
    let namespace: NamespaceID
}

/// Elements of messages mostly come in the order of their schema, with the prefix of the element before and with nothing
/// but text in them. Such a one is told by comparing its bytes, without making tokens of it.
extension XMLScanner {
    /// The start tag that comes next, white space aside, if it begins with the prefix of the one before. Nothing is read.
    @inline(__always)
    mutating func expectedTag(_ input: RawSpan) -> ExpectedTag? {
        if hasStaleScope { leaveScope() }
        guard case .content = phase else { return nil }
        let start = input.endOfBlank(from: index)
        guard start &- index <= limits.textBytes, stack.count < limits.depth, let prefix = scope.recent,
            start &+ 8 <= input.byteCount, input.word(at: start) & prefix.mask == prefix.word
        else { return nil }
        return ExpectedTag(start: start, localStart: start &+ prefix.length, namespace: prefix.namespace)
    }

    /// Reads the element whose start tag is `tag` as far as its name, which ends at `nameEnd`, if there is only text in it
    /// that the document says as it is: it becomes the current text, and the element's end the current token. Else
    /// nothing is read.
    @inline(__always)
    mutating func leaf(_ tag: ExpectedTag, to nameEnd: Int, in input: RawSpan) -> Bool {
        let textStart = nameEnd &+ 1
        guard input.peek(nameEnd) == UInt8(ascii: ">"), textStart &- tag.start <= limits.tagBytes,
            nameEnd &- tag.start <= limits.nameBytes
        else { return false }
        let textEnd = input.endOfPlainText(from: textStart)
        let length = nameEnd &- tag.start &- 1
        let closeEnd = textEnd &+ 2 &+ length
        guard textEnd > textStart, textEnd &- textStart <= limits.textBytes,
            input.peek(textEnd) == UInt8(ascii: "<"), input.peek(textEnd &+ 1) == UInt8(ascii: "/"),
            input.matches(tag.start &+ 1, textEnd &+ 2, length: length), input.peek(closeEnd) == UInt8(ascii: ">")
        else { return false }
        element = OpenElement(
            nameStart: tag.start &+ 1, localStart: tag.localStart, nameEnd: nameEnd, namespace: tag.namespace,
            outerBindings: scope.count, outerDefault: scope.defaultNamespace)
        setText(textStart, textEnd)
        tokenStart = textEnd
        index = closeEnd &+ 1
        return true
    }

    /// The next token, without white space before it.
    @inline(__always)
    mutating func nextTag(_ source: Bytes) throws(XMLError) -> XMLToken {
        if hasStaleScope { leaveScope() }
        guard case .content = phase else { return try next(source) }
        let input = source.span
        let start = input.endOfBlank(from: index)
        let mark = input.peek(start &+ 1)
        guard input.peek(start) == UInt8(ascii: "<"), mark != UInt8(ascii: "!"), mark != UInt8(ascii: "?"),
            start &- index <= limits.textBytes
        else { return try next(source) }
        index = start
        return try next(source)
    }
}
