internal import Buffers

/// What belongs to one connection and must not travel on (RFC 9110 §7.6.1).
public enum HopByHop {
    /// Removes the fields that concern this hop only, those that `Connection` lists among them.
    ///
    /// `Connection` can take away only what has no meaning to us: an option that names a well-known field (framing,
    /// identity, caching) or a forwarding field is passed over, for others rely on those.
    /// Run it before the gateway adds its own fields.
    /// - Returns: Whether the sender accepts trailers (`TE: trailers`).
    @discardableResult
    public static func strip(_ headers: inout Headers) -> Bool {
        let acceptsTrailers = acceptsTrailers(headers)
        removeListed(in: &headers)
        headers.remove(in: .hopByHop)
        return acceptsTrailers
    }

    /// Whether the sender takes trailers (`TE: trailers`, RFC 9110 §10.1.4).
    public static func acceptsTrailers(_ headers: borrowing Headers) -> Bool {
        var next = headers.firstIndex(of: .te)
        while let index = next {
            let value = headers.value(at: index)
            var start = 0
            while let element = value.nextElement(from: &start) {
                if element.equalsIgnoringCase("trailers") { return true }
            }
            next = headers.firstIndex(of: .te, from: index + 1)
        }
        return false
    }

    private static func removeListed(in headers: inout Headers) {
        var next = headers.firstIndex(of: .connection)
        while let index = next {
            var start = 0
            while let name = removableName(in: headers, at: index, from: &start) {
                headers.remove(text: name.span.bytes)
            }
            next = headers.firstIndex(of: .connection, from: index + 1)
        }
    }

    /// The next name that the `Connection` field at `index` lists and may remove, in lower case.
    private static func removableName(
        in headers: borrowing Headers, at index: Int, from start: inout Int
    ) -> [UInt8]? {
        let value = headers.value(at: index)
        while let element = value.nextElement(from: &start) {
            if element.equalsIgnoringCase("close") || element.equalsIgnoringCase("keep-alive") { continue }
            let name = element.withUnsafeBytes { $0.map(ASCII.lowercased) }
            let text = name.span.bytes
            if HeaderName(matching: text) == .other, !text.starts(with: "x-forwarded-") { return name }
        }
        return nil
    }
}

extension RawSpan {
    /// The next element of a comma-separated list at or after `start`, which moves behind it; empty ones are passed over
    /// (RFC 9110 §5.6.1). Quoted strings are not looked for: for lists of tokens.
    @_lifetime(copy self)
    public func nextElement(from start: inout Int) -> RawSpan? {
        while start < byteCount {
            let end = firstIndex(of: UInt8(ascii: ","), from: start) ?? byteCount
            let element = extracting(start..<end).trimmingOptionalWhitespace()
            start = end + 1
            if element.byteCount > 0 { return element }
        }
        return nil
    }
}
