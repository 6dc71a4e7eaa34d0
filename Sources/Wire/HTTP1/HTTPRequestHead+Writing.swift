public import Buffers
public import HTTP

/// What a written head says of the connection.
public enum ConnectionOption: Sendable {
    /// It may live on.
    case keepAlive
    /// It ends after this message.
    case close
    /// It changes to the protocol that the head's `Upgrade` field names.
    case upgrade
}

extension HTTPRequestHead {
    /// Writes the head as HTTP/1.1: request line, `host`, framing by `body`, `connection` where needed, and the fields.
    ///
    /// The fields that stand for what is written here anyway (`host`, framing, `connection`, and `upgrade` without
    /// `.upgrade`) are left out if the headers hold any, so nothing is said twice. `Headers` can hold no line end; method,
    /// target and authority are checked here. So nobody can inject a line.
    ///
    /// - Returns: What frames the body.
    /// - Throws: `unwritableHead` when the method is no token, the target no target or the authority no authority; nothing
    ///   is written then.
    /// - Source: RFC 9112 §3, §6.
    public func write(
        into out: inout ByteWriter, connection: ConnectionOption = .keepAlive
    ) throws(HTTP1Error) -> BodyWriter {
        guard isWritable else { throw .unwritableHead }
        out.reserve(target.count + authority.count + headers.byteCount + 128)
        method.write(into: &out)
        out.append(0x20)
        out.append(target.span.bytes)
        out.append(" HTTP/1.1\r\nhost: ")
        out.append(authority.span.bytes)
        out.append("\r\n")
        let body = writeFraming(into: &out)
        headers.writeEndToEnd(into: &out, connection: connection)
        out.append("\r\n")
        return body
    }

    private var isWritable: Bool {
        if case .other(let token) = method, !token.span.bytes.isToken { return false }
        // A tunnel that HTTP/2 opens (RFC 8441) is another thing here.
        guard method != .connect else { return false }
        let target = target.span.bytes
        guard target.byteCount > 0, target.endOfTarget(from: 0) == target.byteCount else { return false }
        let isOrigin = target[0] == UInt8(ascii: "/")
        let isAsterisk = target.byteCount == 1 && target[0] == UInt8(ascii: "*") && method == .options
        return (isOrigin || isAsterisk) && Authority.isValid(authority.span.bytes)
    }

    private func writeFraming(into out: inout ByteWriter) -> BodyWriter {
        switch body {
        case .none:
            // A method that usually has a body says that it has none (RFC 9110 §8.6).
            if method == .post || method == .put || method == .patch { out.append("content-length: 0\r\n") }
            return BodyWriter(.none)
        case .known(let length):
            out.appendContentLength(length)
            return BodyWriter(.known(length))
        case .unknown:
            out.append("transfer-encoding: chunked\r\n")
            return BodyWriter(.chunked)
        }
    }
}
