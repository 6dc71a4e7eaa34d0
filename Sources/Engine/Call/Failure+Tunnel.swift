public import Canonical

extension Failure {
    /// A tunnel is wanted where there is none.
    static let noTunnel = Failure(
        .unimplemented, "route.no_tunnel", "This address speaks no WebSocket.", origin: .client)

    /// A plain request came where clients have to open a WebSocket (RFC 9110 §15.5.22).
    public static let upgradeRequired = Failure(
        .failedPrecondition, "websocket.required", "This address speaks WebSocket only.", origin: .client,
        httpStatus: 426, headers: [("upgrade", "websocket")])
}
