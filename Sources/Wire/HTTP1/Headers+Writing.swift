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
        write(into: &out, without: connection == .upgrade ? .framing.subtracting(.upgrade) : .framing)
    }
}

extension ByteWriter {
    mutating func appendContentLength(_ length: Int) {
        append("content-length: ")
        append(decimal: length)
        append("\r\n")
    }
}
