internal import Buffers

/// Why a line is no field line (RFC 9112 §5).
public enum FieldLineError: Error, CaseIterable, Sendable {
    case bareCarriageReturn
    case bareLineFeed
    case blankBeforeColon
    case controlCharacter
    case emptyName
    case invalidName
    case lineFolding
    case missingColon
}

extension Headers {
    /// Adds the field whose line begins at `start` of `span`: how an HTTP/1 head or trailer gets in, in one pass.
    ///
    /// - Parameter span: Bytes as received; may end anywhere. The empty line that ends a head is the caller's to see.
    /// - Returns: Where the next line begins, or nil when `span` ends before the line; nothing is added then.
    /// - Throws: What is wrong with the line, as soon as it can be told.
    /// - Source: RFC 9112 §5, without the leniencies of §2.2 and §5.2.
    public mutating func appendLine(of span: RawSpan, from start: Int) throws(FieldLineError) -> Int? {
        let colon = span.firstColon(from: start)
        guard colon < span.byteCount else {
            let end = span.endOfToken(from: start)
            if end < span.byteCount, let error = Self.nameError(of: span, from: start, at: end) { throw error }
            return nil
        }
        let name = try stageName(of: span, from: start, to: colon)
        var begin = colon &+ 1
        while begin < span.byteCount, ASCII.isBlank(span[begin]) { begin &+= 1 }
        guard let lineEnd = try Self.lineEnd(of: span, from: begin) else { return nil }
        var end = lineEnd
        while end > begin, ASCII.isBlank(span[end &- 1]) { end &-= 1 }
        appendChecked(name, nameLength: colon &- start, value: span.extracting(begin..<end))
        return lineEnd &+ 2
    }

    /// Writes a name behind `used`, in lower case, where it is not a field yet.
    private mutating func stageName(
        of span: RawSpan, from start: Int, to colon: Int
    ) throws(FieldLineError) -> HeaderName {
        let length = colon &- start
        guard length <= UInt16.max else { throw .invalidName }
        let target = reserve(length &+ Self.lineRoom) + used
        if start &+ (length &+ 15) & ~15 <= span.byteCount {
            // Reads on behind the name and writes as much behind its copy: both are there.
            var index = 0
            while index < length {
                let block = span.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ index, as: SIMD16<UInt8>.self)
                target.storeBytes(of: RawSpan.lowercased(block), toByteOffset: index, as: SIMD16<UInt8>.self)
                index &+= 16
            }
        } else {
            Self.copyLowercased(span.extracting(start..<colon), to: target)
        }
        let name = HeaderName(matching: RawSpan(_unsafeStart: UnsafeRawPointer(target), byteCount: length))
        if name == .other {
            // The well-known names are tokens; others have yet to show it.
            let end = span.endOfToken(from: start)
            if end != colon || length == 0 { throw Self.nameError(of: span, from: start, at: end) ?? .invalidName }
        }
        return name
    }

    /// Where the CRLF of a line stands, or nil when the span ends before it.
    private static func lineEnd(of span: RawSpan, from start: Int) throws(FieldLineError) -> Int? {
        var end = span.firstControl(from: start)
        while end < span.byteCount, span[end] == 0x09 { end = span.firstControl(from: end &+ 1) }
        guard end < span.byteCount else { return nil }
        if span[end] == 0x0D {
            guard end &+ 1 < span.byteCount else { return nil }
            guard span[end &+ 1] == 0x0A else { throw .bareCarriageReturn }
            return end
        }
        throw span[end] == 0x0A ? .bareLineFeed : .controlCharacter
    }

    /// Why the line that begins at `start` has no name, when the byte at `end` is the first that a name may not hold;
    /// nil when the span ends too early to tell.
    private static func nameError(of span: RawSpan, from start: Int, at end: Int) -> FieldLineError? {
        let byte = span[end]
        guard byte != 0x0D else {
            guard end &+ 1 < span.byteCount else { return nil }
            return span[end &+ 1] == 0x0A ? .missingColon : .bareCarriageReturn
        }
        switch byte {
        case 0x0A: return .bareLineFeed
        case 0x3A: return .emptyName
        case 0x20, 0x09: return end == start ? .lineFolding : .blankBeforeColon
        default: return .invalidName
        }
    }
}
