internal import Buffers
internal import HTTP

/// What holds for every field of a head or a trailer section (RFC 9113 §8.2).
enum FieldSection {
    /// Refuses what belongs to a connection and not to a message (RFC 9113 §8.2.2).
    static func checkConnection(_ id: HeaderName, _ value: RawSpan) throws(HTTP2Error) {
        switch id {
        case .connection, .keepAlive, .proxyConnection, .transferEncoding, .upgrade: throw .connectionField
        case .te: guard value.equalsIgnoringCase("trailers") else { throw .connectionField }
        default: break
        }
    }

    /// Adds a field that is nobody's special case.
    static func append(
        _ id: HeaderName, name: RawSpan, value: RawSpan, to headers: inout Headers
    ) throws(HTTP2Error) {
        try checkConnection(id, value)
        try checkEnds(value)
        guard id != .other || !HeaderName.isAlias(name) else { throw .aliasedName }
        do { try headers.appendLowercase(id, name: name, value: value) } catch { throw HTTP2Error(error) }
    }

    /// A value neither begins nor ends with a blank.
    static func checkEnds(_ value: RawSpan) throws(HTTP2Error) {
        guard value.byteCount > 0 else { return }
        guard !ASCII.isBlank(value[0]), !ASCII.isBlank(value[value.byteCount &- 1]) else { throw .blankAroundValue }
    }

    /// Joins what was found wrong first with what is found later: a malformed message is nothing to answer to.
    static func worse(_ first: HTTP2Error?, _ second: HTTP2Error) -> HTTP2Error {
        guard let first, !first.isAnswerable || second.isAnswerable else { return second }
        return first
    }
}
