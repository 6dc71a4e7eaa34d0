internal import Buffers
internal import HTTP

/// Reads a trailer section (RFC 9113 §8.1). Fields that a trailer may not set are dropped (RFC 9110 §6.5.1), but those that
/// make a message malformed do so here, too.
struct TrailerBuilder {
    private(set) var headers = Headers()
    /// What is wrong with the list so far.
    private(set) var error: HTTP2Error?
    private(set) var meter = FieldMeter()

    /// Adds one field; what is wrong with it shows in `error`.
    mutating func add(name: RawSpan, value: RawSpan, limits: borrowing HTTP2Limits) {
        if meter.add(name: name, value: value, limits: limits) != nil, error == nil { error = .trailersTooLarge }
        guard error == nil else { return }
        do throws(HTTP2Error) {
            guard name.byteCount == 0 || name[0] != 0x3A else { throw .badPseudoField }
            try FieldSection.append(HeaderName(matching: name), name: name, value: value, to: &headers)
            let last = headers.endIndex &- 1
            if !headers.isAllowedInTrailers(at: last) { headers.removeLast() }
        } catch {
            self.error = error
        }
    }

    /// The fields, and forgets them.
    mutating func take() throws(HTTP2Error) -> Headers? {
        if let error { throw error }
        guard !headers.isEmpty else { return nil }
        var taken = Headers()
        swap(&taken, &headers)
        return taken
    }
}
