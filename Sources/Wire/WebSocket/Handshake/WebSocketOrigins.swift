internal import Buffers
internal import HTTP

/// Which pages may open a WebSocket (RFC 6455 §10.2). Browsers send cookies along whatever page asks, so whoever
/// authenticates by cookie must not trust all of them. Who sends no `Origin` is no browser and is let in.
public enum WebSocketOrigins: Hashable, Sendable {
    case any
    /// Those of the host that is asked.
    case sameHost
    /// Those that are listed, such as `https://shop.example.com`; `null` stands for pages without an origin.
    case listed([String])

    func allow(_ head: borrowing HTTPRequestHead) -> Bool {
        guard let index = head.headers.firstIndex(of: .origin) else { return true }
        guard head.headers.onlyIndex(of: .origin) != nil else { return false }
        let origin = head.headers.value(at: index)
        switch self {
        case .any: return true
        case .sameHost: return Self.isSame(origin, head.authority.span.bytes)
        case .listed(let origins):
            return origins.contains { $0.utf8.count == origin.byteCount && Self.equal($0, origin) }
        }
    }

    private static func isSame(_ origin: RawSpan, _ authority: RawSpan) -> Bool {
        let schemes: [(StaticString, Int)] = [("http://", 80), ("https://", 443)]
        for (scheme, port) in schemes {
            let length = scheme.utf8CodeUnitCount
            guard origin.byteCount > length, origin.extracting(0..<length).equalsIgnoringCase(scheme) else { continue }
            let host = origin.extracting(length..<origin.byteCount)
            return Authority.isValid(host) && Authority.isValid(authority)
                && Authority.isSame(host, authority, defaultPort: port)
        }
        return false
    }

    private static func equal(_ text: String, _ span: RawSpan) -> Bool {
        var index = 0
        for byte in text.utf8 {
            guard ASCII.lowercased(byte) == ASCII.lowercased(span[index]) else { return false }
            index += 1
        }
        return true
    }
}
