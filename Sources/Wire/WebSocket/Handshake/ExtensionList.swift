internal import Buffers
internal import HTTP

/// `Sec-WebSocket-Extensions` (RFC 6455 §9.1).
struct ExtensionList {
    struct Item: Equatable {
        var name: String
        var parameters: [Parameter] = []
    }

    struct Parameter: Equatable {
        var name: String
        var value: String?
    }

    private(set) var items: [Item] = []

    /// Reads all fields of `headers`, as if they were one.
    /// - Throws: `badExtension` when one is malformed.
    init(_ headers: borrowing Headers) throws(WebSocketHandshakeError) {
        var next = headers.firstIndex(of: .secWebSocketExtensions)
        while let index = next {
            var scanner = Scanner(bytes: headers.value(at: index).withUnsafeBytes { Array($0) })
            try read(&scanner)
            next = headers.firstIndex(of: .secWebSocketExtensions, from: index + 1)
        }
    }

    private mutating func read(_ scanner: inout Scanner) throws(WebSocketHandshakeError) {
        while !scanner.isAtEnd {
            // Empty elements are passed over (RFC 9110 §5.6.1).
            if scanner.skip(",") { continue }
            var item = Item(name: try scanner.token())
            while scanner.skip(";") {
                let name = try scanner.token()
                let value = scanner.skip("=") ? try scanner.tokenOrQuoted() : nil
                item.parameters.append(Parameter(name: name, value: value))
            }
            items.append(item)
            guard scanner.isAtEnd || scanner.skip(",") else { throw .badExtension }
        }
    }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        var isAtEnd: Bool { mutating get { skipBlanks() == nil } }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard skipBlanks() == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        mutating func token() throws(WebSocketHandshakeError) -> String {
            skipBlanks()
            let end = bytes[index...].firstIndex { !ASCII.isTokenCharacter($0) } ?? bytes.count
            guard end > index else { throw .badExtension }
            defer { index = end }
            return String(decoding: bytes[index..<end], as: UTF8.self)
        }

        /// What stands between quotes must be a token as well.
        mutating func tokenOrQuoted() throws(WebSocketHandshakeError) -> String {
            guard skip("\"") else { return try token() }
            var text: [UInt8] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\") { index += 1 }
                guard index < bytes.count else { throw .badExtension }
                text.append(bytes[index])
                index += 1
            }
            guard skip("\""), text.span.bytes.isToken else { throw .badExtension }
            return String(decoding: text, as: UTF8.self)
        }

        /// - Returns: The byte behind the blanks.
        @discardableResult
        private mutating func skipBlanks() -> UInt8? {
            while index < bytes.count, ASCII.isBlank(bytes[index]) { index += 1 }
            return index < bytes.count ? bytes[index] : nil
        }
    }
}
