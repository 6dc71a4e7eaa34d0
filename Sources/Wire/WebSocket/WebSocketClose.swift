internal import Buffers

/// What a Close frame says (RFC 6455 §5.5.1, §7.1.5).
public struct WebSocketClose: Hashable, Sendable {
    /// `noStatus` when the frame is empty.
    public var code: WebSocketCloseCode
    /// For people; empty where there is none.
    public var reason: String

    /// - Parameter reason: What does not fit the frame is cut off when it is sent: 123 bytes do.
    public init(_ code: WebSocketCloseCode, _ reason: String = "") {
        self.code = code
        self.reason = reason
    }

    /// The transport ended, and nothing was said (RFC 6455 §7.1.5).
    public static let abnormal = WebSocketClose(.abnormal)

    /// What the payload of a Close frame says.
    init(payload: RawSpan) throws(WebSocketError) {
        guard payload.byteCount != 1 else { throw .badClose }
        guard payload.byteCount > 0 else {
            self.init(.noStatus)
            return
        }
        let code = WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.isSendable else { throw .badCloseCode }
        let reason = payload.extracting(2..<payload.byteCount)
        var validator = UTF8Validator()
        guard validator.accepts(reason), validator.isAtBoundary else { throw .notText }
        self.init(code, String(decoding: reason))
    }

    /// The payload of a Close frame; empty when the code may not be sent.
    var payload: [UInt8] {
        guard code.isSendable else { return [] }
        var text = Array(reason.utf8)
        if text.count > 123 {
            var end = 123
            while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
            text.removeSubrange(end...)
        }
        return [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + text
    }
}
