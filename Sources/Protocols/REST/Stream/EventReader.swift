internal import Buffers
internal import Canonical
internal import Engine

/// Cuts a `text/event-stream` into its events as it comes.
///
/// Source: HTML Living Standard §9.2.6, "Interpreting an event stream".
struct EventReader: ~Copyable {
    struct Event {
        /// Empty where the stream does not say.
        var name = ""
        var data = Bytes()
    }

    private let limit: Int
    private var line: BodyCollector
    private var data = ByteWriter()
    private var name = ""
    /// The stream has begun, and a mark of its byte order cannot follow.
    private var hasBegun = false
    /// A carriage return was the last byte: a line feed behind it belongs to the same end.
    private var endsInReturn = false

    /// - Parameter limit: Bytes that one event may have.
    init(limit: Int) {
        self.limit = limit
        line = BodyCollector(limit: limit, origin: .upstream)
    }

    /// Takes the next piece of the body, which may end anywhere; calls `deliver` with each event that is whole and has
    /// data.
    ///
    /// - Throws: `resourceExhausted` "upstream.body_too_large".
    mutating func append(_ bytes: Bytes, _ deliver: (Event) throws(Failure) -> Void) throws(Failure) {
        var start = 0
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if endsInReturn, byte == 0x0A, start == index {
                endsInReturn = false
                start = index + 1
                continue
            }
            endsInReturn = false
            guard byte == 0x0A || byte == 0x0D else { continue }
            try line.append(bytes[start..<index])
            try endLine(deliver)
            endsInReturn = byte == 0x0D
            start = index + 1
        }
        try line.append(bytes[start..<bytes.count])
    }

    /// The body is over. What is left of an event without its end does not count, and is not passed over either.
    ///
    /// - Throws: `internal` "upstream.truncated".
    mutating func finish() throws(Failure) {
        if line.count == 0, data.isEmpty { return }
        throw Failure(
            .internal, "upstream.truncated", "The service's answer ended in the middle of an event.", origin: .upstream)
    }

    private mutating func endLine(_ deliver: (Event) throws(Failure) -> Void) throws(Failure) {
        var text = line.finish()
        if !hasBegun, text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { text.removeFirst(3) }
        hasBegun = true
        guard text.isEmpty else { return try read(text) }
        let event = Event(name: name, data: data.finish())
        name = ""
        if event.data.isEmpty { return }
        // Without the line end behind the last line of data.
        try deliver(Event(name: event.name, data: event.data[0..<event.data.count - 1]))
    }

    /// One line of an event; a comment begins with the colon.
    private mutating func read(_ line: Bytes) throws(Failure) {
        let colon = line.span.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        var start = min(colon + 1, line.count)
        if start < line.count, line[start] == 0x20 { start += 1 }
        let value = line[start..<line.count]
        let field = line.span.extracting(0..<colon)
        if field.equals("data") {
            guard data.count + value.count <= limit else { throw tooLarge }
            data.append(value)
            data.append(0x0A)
        } else if field.equals("event") {
            name = String(value)
        }
    }

    private var tooLarge: Failure {
        Failure(
            .resourceExhausted, "upstream.body_too_large", "The service's answer is larger than \(limit) bytes.",
            origin: .upstream, httpStatus: 502)
    }
}
