public import Buffers
public import HTTP

extension HTTPResponseHead {
    /// Writes the head as HTTP/1.1, for the request that `rules` tells of: status line, framing by `body`, `connection`
    /// where needed, and the fields; an interim (1xx) head without framing. Behind status 101
    /// the bytes of the other protocol go as they are.
    ///
    /// The fields that stand for what is written here anyway (framing, `connection`, and `upgrade` but with status 101 and
    /// 426) are left out if the headers hold any. `Headers` can hold no line end and all else is a number, so nobody can
    /// inject a line.
    ///
    /// - Returns: What frames the body. A client of HTTP/1.0 cannot read chunks: a body of unknown length ends with the
    ///   connection then.
    /// - Source: RFC 9112 §4, §6.3; RFC 9110 §8.6.
    public func write(into out: inout ByteWriter, answering rules: AnswerRules = AnswerRules()) -> BodyWriter {
        out.reserve(headers.byteCount + 128)
        out.append("HTTP/1.1 ")
        StatusText.write(status, into: &out)
        let body = writeFraming(into: &out, answering: rules)
        headers.writeEndToEnd(into: &out, connection: connection(answering: rules, body))
        if status >= 200, rules.minorVersion == 0, rules.keepsAlive, !body.endsAtClose {
            out.append("connection: keep-alive\r\n")
        }
        out.append("\r\n")
        return body
    }

    /// Tells a client that waits for it to send the body (RFC 9110 §15.2.1).
    public static func writeContinue(into out: inout ByteWriter) {
        out.append("HTTP/1.1 100 Continue\r\n\r\n")
    }

    private func connection(answering rules: AnswerRules, _ body: BodyWriter) -> ConnectionOption {
        if status < 200 { return status == 101 ? .upgrade : .keepAlive }
        guard rules.keepsAlive, !body.endsAtClose else { return .close }
        return status == 426 && rules.minorVersion > 0 && headers.contains(.upgrade) ? .upgrade : .keepAlive
    }

    private func writeFraming(into out: inout ByteWriter, answering rules: AnswerRules) -> BodyWriter {
        // What follows is the other protocol's, as it comes, until the connection ends.
        if status == 101 { return BodyWriter(.untilClose) }
        if status < 200 || status == 204 { return BodyWriter(.none) }
        let isBodiless = rules.isHead || status == 304
        switch body {
        case .none:
            if status != 304 { out.append("content-length: 0\r\n") }
            return BodyWriter(.none)
        case .known(let length):
            out.appendContentLength(length)
            return BodyWriter(isBodiless ? .none : .known(length))
        case .unknown:
            if isBodiless { return BodyWriter(.none) }
            guard rules.minorVersion > 0 else { return BodyWriter(.untilClose) }
            out.append("transfer-encoding: chunked\r\n")
            return BodyWriter(.chunked)
        }
    }
}
