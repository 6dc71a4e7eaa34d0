internal import Buffers
internal import Canonical

/// Decodes base64 that comes in pieces, each of which may be padded by itself.
struct Base64Stream {
    /// Up to three digits that are no group yet.
    private var rest: [UInt8] = []
    private var padding = 0

    /// - Throws: `invalidArgument` "grpc.base64".
    mutating func decode(_ bytes: Bytes) throws(Failure) -> Bytes {
        var out = ByteWriter(capacity: bytes.count)
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "="), rest.count >= 2 {
                padding += 1
                if rest.count + padding == 4 { flush(into: &out) }
                continue
            }
            guard Base64Text.isDigit(byte), padding == 0 else { throw Self.malformed }
            rest.append(byte)
            if rest.count == 4 { flush(into: &out) }
        }
        return out.finish()
    }

    /// - Throws: `invalidArgument` "grpc.base64" inside a group.
    func finish() throws(Failure) {
        guard rest.isEmpty else { throw Self.malformed }
    }

    private mutating func flush(into out: inout ByteWriter) {
        out.append(decodingBase64: rest.span.bytes)
        rest.removeAll(keepingCapacity: true)
        padding = 0
    }

    private static var malformed: Failure {
        Failure(.invalidArgument, "grpc.base64", "The body is not base64.", origin: .client)
    }
}
