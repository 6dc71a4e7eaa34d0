internal import Buffers
internal import Canonical
internal import Engine

/// Cuts a body into the JSON texts of a stream's messages as it comes: lines of NDJSON, or the items of one array. A text
/// that is no array is a stream of one.
///
/// Finds only where texts end; what they say is for the reader of the messages.
struct StreamSplitter: ~Copyable {
    enum Form { case lines, array }

    /// `start → item ⇄ next → done` in an array, `single → done` without one; lines are items only.
    private enum State {
        case start
        /// Before an item: the first one, or one that must follow a comma.
        case firstItem, nextItem
        case item
        /// Nothing but white space may follow.
        case done
        case single
    }

    private let form: Form
    private var item: BodyCollector
    private var state: State
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// - Parameter limit: Bytes that one message may have.
    init(_ form: Form, limit: Int) {
        self.form = form
        item = BodyCollector(limit: limit, origin: .client)
        state = form == .lines ? .item : .start
    }

    /// Takes the next piece of the body, which may end anywhere; calls `deliver` with each text that is whole.
    ///
    /// - Throws: `resourceExhausted` "body.too_large" for a text past the limit, `invalidArgument` "json.syntax" for what is
    ///   no array.
    mutating func append(_ bytes: Bytes, _ deliver: (Bytes) throws(Failure) -> Void) throws(Failure) {
        switch form {
        case .lines: try appendLines(bytes, deliver)
        case .array: try appendArray(bytes, deliver)
        }
    }

    /// The body is over.
    mutating func finish(_ deliver: (Bytes) throws(Failure) -> Void) throws(Failure) {
        switch (form, state) {
        case (.lines, _), (_, .single): try deliverItem(deliver)
        case (.array, .done), (.array, .start): break
        case (.array, _): throw Self.malformed("The array has no end.")
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

    // MARK: An array

    private mutating func appendArray(
        _ bytes: Bytes, _ deliver: (Bytes) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch state {
            case .start where byte == UInt8(ascii: "["): state = .firstItem
            case .start where !Self.isWhitespace(byte):
                state = .single
                start = index
            case .firstItem where byte == UInt8(ascii: "]"): state = .done
            case .firstItem where !Self.isWhitespace(byte), .nextItem where !Self.isWhitespace(byte):
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
                    throw Self.malformed("An item is missing.")
                }
                state = .item
                start = index
                continue
            case .item:
                let end = endOfItem(bytes.span, from: index)
                try item.append(bytes[start..<end])
                index = end
                if end == bytes.count { return }
                try deliverItem(deliver)
                state = bytes[end] == UInt8(ascii: ",") ? .nextItem : .done
            case .done where !Self.isWhitespace(byte): throw Self.malformed("Something follows the array.")
            case .single:
                return try item.append(bytes[start..<bytes.count])
            case .start, .firstItem, .nextItem, .done: break
            }
            index += 1
        }
        if case .single = state { try item.append(bytes[start..<bytes.count]) }
    }

    /// The place of the comma or bracket behind the item that goes on at `start`; the end when it goes on behind that.
    private mutating func endOfItem(_ bytes: RawSpan, from start: Int) -> Int {
        var index = start
        while index < bytes.byteCount {
            let byte = bytes[index]
            if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}") where depth > 0: depth -= 1
                case UInt8(ascii: "]"), UInt8(ascii: ","):
                    if depth == 0 { return index }
                    if byte == UInt8(ascii: "]") { depth -= 1 }
                default: break
                }
            }
            index += 1
        }
        return index
    }

    // MARK: White space

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isBlank(_ text: RawSpan) -> Bool {
        for index in 0..<text.byteCount where !isWhitespace(text[index]) { return false }
        return true
    }

    private static func malformed(_ what: String) -> Failure {
        Failure(.invalidArgument, "json.syntax", what, origin: .client)
    }
}
