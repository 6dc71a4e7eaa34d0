internal import Buffers
internal import HTTP

/// How the messages of a stream follow each other in one HTTP body.
public enum StreamForm: Sendable, CaseIterable {
    /// `application/json`: one array.
    case array
    /// `application/x-ndjson`: one message a line.
    case lines
    /// `text/event-stream`: one message an event (HTML Living Standard §9.2).
    case events

    var contentType: String {
        switch self {
        case .array: "application/json"
        case .lines: "application/x-ndjson"
        case .events: "text/event-stream"
        }
    }

    /// The form that the client likes best by its weights (RFC 9110 §12.5.1): among equals the one it names itself, then
    /// the first one. nil when it admits none of `offered`; the first of them when it does not say.
    static func chosen(by headers: borrowing Headers, among offered: [StreamForm]) -> StreamForm? {
        guard var index = headers.firstIndex(of: .accept) else { return offered.first }
        var best: (form: StreamForm, rank: Int)?
        while true {
            let value = headers.value(at: index)
            var start = 0
            while start <= value.byteCount {
                let end = value.firstIndex(of: 0x2C, from: start) ?? value.byteCount
                let range = MediaRange(value.extracting(start..<end))
                start = end + 1
                guard range.weight > 0, let (form, isNamed) = match(range.type, offered) else { continue }
                let rank = range.weight * 2 + (isNamed ? 1 : 0)
                if rank > best?.rank ?? 0 { best = (form, rank) }
            }
            // A list may be spread over several lines (RFC 9110 §5.3).
            guard let next = headers.firstIndex(of: .accept, from: index + 1) else { return best?.form }
            index = next
        }
    }

    private static func match(_ type: RawSpan, _ offered: [StreamForm]) -> (StreamForm, isNamed: Bool)? {
        if let form = form(of: type) { return offered.contains(form) ? (form, true) : nil }
        if type.equals("*/*") { return offered.first.map { ($0, false) } }
        if type.equalsIgnoringCase("application/*") { return offered.first { $0 != .events }.map { ($0, false) } }
        if type.equalsIgnoringCase("text/*") { return offered.contains(.events) ? (.events, false) : nil }
        return nil
    }

    /// The form whose media type `type` is, under one of its names.
    static func form(of type: RawSpan) -> StreamForm? {
        if type.equalsIgnoringCase("text/event-stream") { return .events }
        if type.equalsIgnoringCase("application/json") || type.equalsIgnoringCase("application/problem+json") {
            return .array
        }
        let isLines =
            type.equalsIgnoringCase("application/x-ndjson") || type.equalsIgnoringCase("application/ndjson")
            || type.equalsIgnoringCase("application/jsonl") || type.equalsIgnoringCase("application/x-jsonlines")
        return isLines ? .lines : nil
    }
}
