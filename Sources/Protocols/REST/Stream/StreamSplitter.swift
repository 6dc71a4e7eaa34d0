internal import Buffers
internal import Canonical
internal import Engine

/// Cuts a body into the JSON texts of a stream's messages as it comes: lines of NDJSON, or the items of one array; where
/// the first text is no array, it and those behind it, with white space between or not.
///
/// Finds only where texts end; what they say is for the reader of the messages.
struct StreamSplitter: ~Copyable {
    enum Form { case lines, array }

    /// `start → firstItem → item ⇄ nextItem → done` in an array, `start → value ⇄ between` without one; lines are items only.
    private enum State {
        case start
        /// Before an item: the first one, or one that must follow a comma.
        case firstItem, nextItem
        case item
        /// Nothing but white space may follow.
        case done
        /// In one of several texts, or behind it.
        case value, between
    }

    private let form: Form
    private let origin: FailureOrigin
    private var item: BodyCollector
    private var state: State
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// - Parameters:
    ///   - limit: Bytes that one message may have.
    ///   - origin: Whose body it is, for failures.
    init(_ form: Form, limit: Int, origin: FailureOrigin) {
        self.form = form
        self.origin = origin
        item = BodyCollector(limit: limit, origin: origin)
        state = form == .lines ? .item : .start
    }

    /// Takes the next piece of the body, which may end anywhere; calls `deliver` with each text that is whole.
    ///
    /// - Throws: `resourceExhausted` "body.too_large" for a text past the limit, `invalidArgument` "json.syntax" for an array
    ///   that is none. With `origin` upstream "upstream.body_too_large", and `internal`.
    mutating func append(_ bytes: Bytes, _ deliver: (Bytes) throws(Failure) -> Void) throws(Failure) {
        switch form {
        case .lines: try appendLines(bytes, deliver)
        case .array: try appendArray(bytes, deliver)
        }
    }

    /// The body is over.
    mutating func finish(_ deliver: (Bytes) throws(Failure) -> Void) throws(Failure) {
        switch (form, state) {
        case (.lines, _), (_, .value): try deliverItem(deliver)
        case (.array, .done), (.array, .start), (.array, .between): break
        case (.array, _): throw malformed("The array has no end.")
        }
    }

    private mutating func deliverItem(_ deliver: (Bytes) throws(Failure) -> Void) throws(Failure) {
        let text = item.finish()
        if !Self.isBlank(text.span) { try deliver(text) }
    }

    // MARK: Lines

    private mutating func appendLines(
        _ bytes: Bytes, _ deliver: (Bytes) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        while let end = bytes.span.firstIndex(of: 0x0A, from: start) {
            try item.append(bytes[start..<end])
            try deliverItem(deliver)
            start = end + 1
        }
        try item.append(bytes[start..<bytes.count])
    }

    // MARK: An array, or texts

    private mutating func appendArray(
        _ bytes: Bytes, _ deliver: (Bytes) throws(Failure) -> Void
    ) throws(Failure) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch state {
            case .start where byte == UInt8(ascii: "["): state = .firstItem
            case .firstItem where byte == UInt8(ascii: "]"): state = .done
            case .start where !Self.isWhitespace(byte), .between where !Self.isWhitespace(byte):
                state = .value
                continue
            case .firstItem where !Self.isWhitespace(byte), .nextItem where !Self.isWhitespace(byte):
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") { throw malformed("An item is missing.") }
                state = .item
                continue
            case .item, .value:
                let isItem = state == .item
                let end = isItem ? endOfItem(bytes.span, from: index) : endOfValue(bytes.span, from: index)
                try item.append(bytes[index..<(end ?? bytes.count)])
                guard let end else { return }
                try deliverItem(deliver)
                // A text ends where it ends; an item where something else stands.
                state = isItem ? bytes[end] == UInt8(ascii: ",") ? .nextItem : .done : .between
                index = isItem ? end + 1 : end
                continue
            case .done where !Self.isWhitespace(byte): throw malformed("Something follows the array.")
            case .start, .firstItem, .nextItem, .done, .between: break
            }
            index += 1
        }
    }

    /// The place of the comma or bracket behind the item that goes on at `start`; nil when it goes on behind the end.
    private mutating func endOfItem(_ bytes: RawSpan, from start: Int) -> Int? {
        for index in start..<bytes.byteCount {
            let byte = bytes[index]
            let isEnd = byte == UInt8(ascii: "]") || byte == UInt8(ascii: ",")
            if isEnd, depth == 0, !isInString { return index }
            step(byte)
        }
        return nil
    }

    /// The place behind the text that goes on at `start`; nil when it goes on behind the end.
    private mutating func endOfValue(_ bytes: RawSpan, from start: Int) -> Int? {
        for index in start..<bytes.byteCount {
            let byte = bytes[index]
            if depth == 0, !isInString, Self.isWhitespace(byte) { return index }
            let wasInside = depth > 0
            step(byte)
            if wasInside, depth == 0 { return index + 1 }
        }
        return nil
    }

    /// Follows strings and nesting over one byte more.
    private mutating func step(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if isInString {
            if byte == UInt8(ascii: "\\") { isEscaped = true }
            if byte == UInt8(ascii: "\"") { isInString = false }
        } else {
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            default: break
            }
        }
    }

    // MARK: White space

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isBlank(_ text: RawSpan) -> Bool {
        for index in 0..<text.byteCount where !isWhitespace(text[index]) { return false }
        return true
    }

    private func malformed(_ what: String) -> Failure {
        Failure(origin == .upstream ? .internal : .invalidArgument, "json.syntax", what, origin: origin)
    }
}
