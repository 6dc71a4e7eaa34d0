internal import Buffers

/// Measures one header list while it is decoded, before anything is kept of it.
///
/// HPACK makes large lists of few bytes (the "HTTP/2 bomb"), so what counts is what comes out: every field costs its name,
/// its value and 32 bytes (RFC 9113 §10.5.1), every crumb of a cookie is a field.
struct FieldMeter {
    private var bytes = 0
    private var fields = 0

    /// Counts one field.
    /// - Returns: What is too much about it or the list, if anything.
    mutating func add(name: RawSpan, value: RawSpan, limits: borrowing HTTP2Limits) -> HTTP2Error? {
        let length = name.byteCount &+ value.byteCount
        bytes &+= length &+ 32
        if bytes > limits.headerListBytes { return .headTooLarge }
        // Pseudo-header fields are the request line: few, and with a limit of their own.
        guard name.byteCount == 0 || name[0] != 0x3A else { return nil }
        fields &+= 1
        if fields > limits.fieldCount { return .tooManyFields }
        return length > limits.fieldBytes ? .lineTooLong : nil
    }

    /// Whether the list is so far beyond the limit that not even decoding it to its end is worth while.
    func isFlood(_ limits: borrowing HTTP2Limits) -> Bool { bytes > 2 &* limits.headerListBytes }
}
