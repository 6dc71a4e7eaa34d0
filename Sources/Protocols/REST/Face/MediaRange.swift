internal import Buffers

/// One element of an `Accept` field, or a whole `Content-Type`.
struct MediaRange: ~Escapable {
    /// Without parameters.
    let type: RawSpan
    /// `q` in thousandths; 1000 without one.
    let weight: Int

    @_lifetime(copy text)
    init(_ text: RawSpan) {
        let end = text.firstIndex(of: 0x3B) ?? text.byteCount
        type = text.extracting(0..<end).trimmingOptionalWhitespace()
        let parameters = String(decoding: text.extracting(end..<text.byteCount)).filter { $0 != " " }.lowercased()
        weight = Self.weight(parameters)
    }

    /// The form of streams that a `Content-Type` means.
    static func streamForm(of contentType: RawSpan) -> StreamForm? {
        StreamForm.form(of: MediaRange(contentType).type)
    }

    /// Source: RFC 9110 §12.4.2.
    private static func weight(_ parameters: String) -> Int {
        guard let start = parameters.firstRange(of: ";q=") else { return 1000 }
        let value = parameters[start.upperBound...].prefix { $0 != ";" }
        if value.first == "1" { return 1000 }
        guard value.hasPrefix("0.") else { return 0 }
        let digits = value.dropFirst(2).prefix(3)
        guard let number = Int(digits), number >= 0 else { return 0 }
        return number * [1, 100, 10, 1][digits.count]
    }
}
