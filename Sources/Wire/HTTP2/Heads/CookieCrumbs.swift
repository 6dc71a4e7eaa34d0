internal import Buffers
internal import HTTP

/// Joins the crumbs that a cookie may come in (RFC 9113 §8.2.3): others know only one `Cookie` field.
struct CookieCrumbs: ~Copyable {
    /// Where the first crumb stands, until there is a second one.
    private var firstIndex: Int?
    private var joined = ByteWriter()

    mutating func removeAll() {
        firstIndex = nil
        joined.truncate(to: 0)
    }

    /// Adds a crumb that is known to be a value.
    mutating func add(_ value: RawSpan, to headers: inout Headers) throws(FieldLineError) {
        if let index = firstIndex, joined.isEmpty {
            joined.append(headers.value(at: index))
            headers.remove(at: index)
        }
        guard joined.isEmpty else {
            guard Headers.isValidValue(value) else { throw .controlCharacter }
            joined.append("; ")
            joined.append(value)
            return
        }
        try headers.appendLowercase(.cookie, name: RawSpan(HeaderName.cookie.text), value: value)
        firstIndex = headers.endIndex &- 1
    }

    /// Puts the joined cookie among the fields.
    mutating func finish(_ headers: inout Headers) {
        if !joined.isEmpty { headers.append(.cookie, joined.written) }
    }
}

extension RawSpan {
    /// Text that the program itself holds.
    @_lifetime(immortal)
    init(_ text: StaticString) {
        let span = RawSpan(_unsafeStart: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        self = _overrideLifetime(span, copying: ())
    }
}
