internal import Buffers
internal import Canonical

/// A request in the query of a GET.
///
/// Source: Connect, "Unary-Get-Request".
struct ConnectQuery {
    let format: PayloadFormat
    let encoding: MessageEncoding
    let message: Bytes

    /// - Throws: `invalidArgument` "grpc.query" for what is no such query, "grpc.connect_version"; `unimplemented`
    ///   "grpc.encoding".
    init(_ target: [UInt8]) throws(Failure) {
        var values: [String: [UInt8]] = [:]
        if let start = target.firstIndex(of: UInt8(ascii: "?")) {
            for pair in target[(start + 1)...].split(separator: UInt8(ascii: "&")) {
                let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                let name = String(decoding: try Self.decode(parts[0]), as: UTF8.self)
                values[name] = try parts.count > 1 ? Self.decode(parts[1]) : []
            }
        }
        if let version = values["connect"], version != Array("v1".utf8) { throw ConnectHead.wrongVersion }
        switch values["encoding"].map({ String(decoding: $0, as: UTF8.self) }) {
        case "proto": format = .protobuf
        case "json": format = .json
        default: throw Self.failure("The query names no encoding that there is.")
        }
        guard let text = values["message"] else { throw Self.failure("The query has no message.") }
        if values["base64"] == Array("1".utf8) {
            guard let bytes = Base64Text.decode(text.span.bytes) else {
                throw Self.failure("The message is no base64.")
            }
            message = bytes
        } else {
            message = Bytes(text)
        }
        guard let compression = values["compression"], !compression.isEmpty else {
            encoding = .identity
            return
        }
        guard let known = MessageEncoding(compression.span.bytes) else { throw .unknownEncoding }
        encoding = known
    }

    private static func decode(_ text: ArraySlice<UInt8>) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(ASCII.hexValue),
                    let low = rest.popFirst().flatMap(ASCII.hexValue)
                else { throw failure("The query is not percent-encoded.") }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func failure(_ message: String) -> Failure {
        Failure(.invalidArgument, "grpc.query", message, origin: .client)
    }
}
