internal import Buffers
internal import Canonical
internal import JSONCodec

/// One message of a client: a request, or with no `id` a notification.
///
/// Source: JSON-RPC 2.0, §4.
struct RPCRequest {
    /// As it stands in the text; nil in a notification.
    let id: Bytes?
    let method: String
    /// As they stand in the text.
    let params: Bytes?

    /// - Throws: An `RPCError` that says which rule of JSON-RPC the message breaks.
    init(_ text: Bytes) throws(RPCError) {
        let members: JSONMembers
        do throws(Failure) {
            members = try JSONMembers(text)
        } catch {
            let isObject = error.reason != "json.syntax" || !Self.isArray(text)
            throw isObject
                ? RPCError(.parse, error.message)
                : RPCError(.invalidRequest, "Requests come one in a message, not as a batch.")
        }
        id = members["id"]
        if let id, !Self.isAcceptable(id) {
            throw RPCError(.invalidRequest, "The id is a string, a number or null.")
        }
        guard members.text(of: "jsonrpc") == "2.0" else {
            throw RPCError(.invalidRequest, "The member \"jsonrpc\" must be \"2.0\".", id: id)
        }
        guard let method = members.text(of: "method"), members["method"]?[0] == UInt8(ascii: "\"") else {
            throw RPCError(.invalidRequest, "The member \"method\" must be a string.", id: id)
        }
        self.method = method
        params = members["params"]
    }

    /// Strings up to 128 bytes, numbers and null. What stands there goes back as it came.
    private static func isAcceptable(_ id: Bytes) -> Bool {
        guard !id.isEmpty, id.count <= 130 else { return false }
        switch id[0] {
        case UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "n"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return true
        default: return false
        }
    }

    private static func isArray(_ text: Bytes) -> Bool {
        for index in 0..<text.count where text[index] > 0x20 { return text[index] == UInt8(ascii: "[") }
        return false
    }
}
