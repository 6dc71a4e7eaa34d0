internal import Buffers
internal import HTTP

extension Headers {
    /// Writes the fields that travel on, and what `connection` says.
    func writeEndToEnd(into out: inout ByteWriter, connection: ConnectionOption) {
        switch connection {
        case .keepAlive: break
        case .close: out.append("connection: close\r\n")
        case .upgrade: out.append("connection: upgrade\r\n")
        }
        let hasNone =
            !contains(.connection) && !contains(.contentLength) && !contains(.host)
            && !contains(.transferEncoding) && (connection == .upgrade || !contains(.upgrade))
        guard !hasNone else { return write(into: &out) }
        for index in 0..<endIndex where !isRemoved(at: index) {
            switch id(at: index) {
            case .connection, .contentLength, .host, .transferEncoding: continue
            case .upgrade where connection != .upgrade: continue
            default: out.append(line(at: index))
            }
        }
    }
}

extension ByteWriter {
    mutating func appendContentLength(_ length: Int) {
        append("content-length: ")
        append(decimal: length)
        append("\r\n")
    }
}
