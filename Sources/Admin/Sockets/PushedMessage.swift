internal import Canonical

/// A message for clients' sockets: the body of a request.
struct PushedMessage: Sendable {
    let payload: [UInt8]
    /// Or else it is binary.
    let isText: Bool

    /// - Parameter contentType: Of the body; text/… and JSON go as text, all else as binary.
    /// - Throws: `invalidArgument` where it is said to be text and is not UTF-8, which WebSocket demands (RFC 6455 §5.6).
    init(_ payload: [UInt8], contentType: String?) throws(Failure) {
        self.payload = payload
        let type = contentType?.lowercased().prefix { $0 != ";" && $0 != " " } ?? ""
        isText = type.hasPrefix("text/") || type == "application/json" || type.hasSuffix("+json")
        if isText, !Self.isUTF8(payload) { throw .notText }
    }

    /// As AWS has it, whose sockets know no binary messages: text wherever it can be.
    init(awsPayload payload: [UInt8]) {
        self.payload = payload
        isText = Self.isUTF8(payload)
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
}
