internal import Canonical
internal import WebSocket

/// How sockets are to be closed: `?code=&reason=`.
struct CloseOrder: Sendable {
    static let parameters: Set<String> = ["code", "reason"]

    let code: Int
    let reason: String

    /// - Throws: `invalidArgument` for a code that no Close frame may have (RFC 6455 §7.4), and for a reason that does not
    ///   fit one (§5.5).
    init(_ request: AdminRequest) throws(Failure) {
        reason = request.query["reason"] ?? ""
        guard reason.utf8.count <= 123 else {
            throw .badParameter("reason", "has 123 bytes at most, as UTF-8")
        }
        guard let text = request.query["code"] else {
            code = Int(WebSocketCloseCode.normal.rawValue)
            return
        }
        guard let number = UInt16(text), WebSocketCloseCode(rawValue: number).isSendable else {
            throw .badParameter("code", "is one that may be sent: 1000 to 1003, 1007 to 1014, 3000 to 4999")
        }
        code = Int(number)
    }
}
