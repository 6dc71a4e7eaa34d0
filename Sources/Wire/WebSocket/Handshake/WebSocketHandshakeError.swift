public import HTTP

/// Why an opening handshake fails (RFC 6455 §4).
///
/// The raw value is the stable reason token.
public enum WebSocketHandshakeError: String, Error, CaseIterable, Sendable {
    // What a server refuses of a request (§4.2).
    case badMethod = "websocket.bad_method"
    case badUpgrade = "websocket.bad_upgrade"
    case bodyNotAllowed = "websocket.body_not_allowed"
    case badVersion = "websocket.bad_version"
    case badKey = "websocket.bad_key"
    case badSubprotocol = "websocket.bad_subprotocol"
    case unknownSubprotocol = "websocket.unknown_subprotocol"
    case badExtension = "websocket.bad_extension"
    case originRefused = "websocket.origin_refused"

    // What a client refuses of a response (§4.1), besides.
    case notSwitched = "websocket.not_switched"
    case badAccept = "websocket.bad_accept"
    case unexpectedExtension = "websocket.unexpected_extension"
    case unexpectedSubprotocol = "websocket.unexpected_subprotocol"

    /// A stable token such as `websocket.bad_key`.
    public var reason: String { rawValue }

    /// The status that a server answers; 502 for what a client met upstream.
    public var status: Int {
        switch self {
        case .originRefused: 403
        case .badMethod: 405
        case .badVersion: 426
        case .notSwitched, .badAccept, .unexpectedExtension, .unexpectedSubprotocol: 502
        default: 400
        }
    }

    /// What such an answer says besides (§4.4; RFC 9110 §15.5.6, §15.5.22).
    public var headers: Headers {
        var headers = Headers()
        switch self {
        case .badVersion:
            headers.append(.upgrade, "websocket")
            headers.append(.secWebSocketVersion, "13")
        case .badMethod: headers.append(.allow, "GET")
        default: break
        }
        return headers
    }

    /// One sentence that may be shown to the peer.
    public var message: String {
        switch self {
        case .badMethod: "A WebSocket is opened by GET."
        case .badUpgrade: "The connection is not upgraded to WebSocket."
        case .bodyNotAllowed: "A request that opens a WebSocket has no body."
        case .badVersion: "The WebSocket version is not 13."
        case .badKey: "The key is not 16 bytes in base64, or not alone."
        case .badSubprotocol: "The list of subprotocols is malformed."
        case .unknownSubprotocol: "None of the subprotocols is known."
        case .badExtension: "The list of extensions is malformed."
        case .originRefused: "The page's origin may not open this WebSocket."
        case .notSwitched: "The server did not switch to WebSocket."
        case .badAccept: "The server's answer does not fit the key."
        case .unexpectedExtension: "The server chose an extension that was not offered, or otherwise than it was."
        case .unexpectedSubprotocol: "The server chose a subprotocol that was not offered."
        }
    }
}
