internal import Buffers
internal import HTTP

/// What a `Content-Type` or `Accept` field says about JSON (RFC 9110 §8.3, §12.5.1).
enum MediaType {
    /// Whether `value` is a JSON type in UTF-8: `application/json`, `application/*+json`, `text/json`.
    static func isJSON(_ value: RawSpan) -> Bool {
        let end = value.firstIndex(of: 0x3B) ?? value.byteCount
        let type = value.extracting(0..<end).trimmingOptionalWhitespace()
        if !(type.equalsIgnoringCase("application/json") || type.equalsIgnoringCase("text/json") || hasJSONSuffix(type))
        {
            return false
        }
        let parameters = String(decoding: value.extracting(end..<value.byteCount)).lowercased()
        guard let charset = parameters.firstRange(of: "charset=") else { return true }
        let name = parameters[charset.upperBound...].prefix { $0 != ";" && $0 != " " }
        return name == "utf-8" || name == "\"utf-8\""
    }

    /// Whether `Accept` admits `application/json`. Its list may be spread over several lines (RFC 9110 §5.3).
    static func acceptsJSON(_ headers: borrowing Headers) -> Bool {
        guard var index = headers.firstIndex(of: .accept) else { return true }
        while !acceptsJSON(headers.value(at: index)) {
            guard let next = headers.firstIndex(of: .accept, from: index + 1) else { return false }
            index = next
        }
        return true
    }

    /// Whether an `Accept` value admits `application/json`: it or a range over it stands there with a weight above zero.
    static func acceptsJSON(_ value: RawSpan) -> Bool {
        var start = 0
        while start <= value.byteCount {
            let end = value.firstIndex(of: 0x2C, from: start) ?? value.byteCount
            if admits(value.extracting(start..<end)) { return true }
            start = end + 1
        }
        return false
    }

    private static func admits(_ range: RawSpan) -> Bool {
        let end = range.firstIndex(of: 0x3B) ?? range.byteCount
        let type = range.extracting(0..<end).trimmingOptionalWhitespace()
        guard
            type.equals("*/*") || type.equalsIgnoringCase("application/*")
                || type.equalsIgnoringCase("application/json")
                || type.equalsIgnoringCase("application/problem+json")
        else { return false }
        let parameters = String(decoding: range.extracting(end..<range.byteCount)).filter { $0 != " " }.lowercased()
        guard let weight = parameters.firstRange(of: ";q=") else { return true }
        return parameters[weight.upperBound...].prefix { $0 != ";" }.contains { ("1"..."9").contains($0) }
    }

    private static func hasJSONSuffix(_ type: RawSpan) -> Bool {
        type.byteCount > 17 && type.extracting(0..<12).equalsIgnoringCase("application/")
            && type.extracting(type.byteCount - 5..<type.byteCount).equalsIgnoringCase("+json")
    }
}
