internal import Buffers
internal import HTTP

/// What `Connection` says about the connection itself (RFC 9110 §7.6.1).
struct ConnectionOptions: OptionSet, Sendable {
    let rawValue: UInt8

    static let close = ConnectionOptions(rawValue: 1)
    static let keepAlive = ConnectionOptions(rawValue: 2)
    static let upgrade = ConnectionOptions(rawValue: 4)

    /// Adds the options of one field value.
    mutating func formUnion(value: RawSpan) {
        // Alone, it is nearly always one of these.
        if value.byteCount == 10, value.equalsIgnoringCase("keep-alive") {
            insert(.keepAlive)
            return
        }
        var start = 0
        while let option = value.nextElement(from: &start) {
            switch option.byteCount {
            case 5 where option.equalsIgnoringCase("close"): insert(.close)
            case 7 where option.equalsIgnoringCase("upgrade"): insert(.upgrade)
            case 10 where option.equalsIgnoringCase("keep-alive"): insert(.keepAlive)
            default: break
            }
        }
    }

    /// Whether the connection may carry another message (RFC 9112 §9.3).
    func persists(minorVersion: UInt8) -> Bool {
        !contains(.close) && (minorVersion > 0 || contains(.keepAlive))
    }
}
