internal import Buffers

/// The bytes with which a client begins that knows of HTTP/2 beforehand (RFC 9113 §3.4).
public enum HTTP2Preface {
    public enum Match: Sendable {
        /// These bytes are something else.
        case no
        /// They may become the preface.
        case needsMore
        case yes
    }

    static let text: StaticString = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    /// Whether a connection that begins with `prefix` speaks HTTP/2. One byte often tells.
    public static func match(_ prefix: RawSpan) -> Match {
        let count = min(prefix.byteCount, text.utf8CodeUnitCount)
        for index in 0..<count where prefix[index] != text.utf8Start[index] { return .no }
        return count == text.utf8CodeUnitCount ? .yes : .needsMore
    }
}
