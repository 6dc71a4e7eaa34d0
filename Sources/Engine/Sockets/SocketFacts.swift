/// How a socket does.
public struct SocketFacts: Sendable {
    public var route: String
    public var address: String
    /// Seconds since 1970.
    public var openedAt: Int64
    public var messagesReceived: Int
    public var messagesSent: Int
    public var bytesReceived: Int
    public var bytesSent: Int
    /// Bytes that wait for the client.
    public var queuedBytes: Int

    public init(route: String, address: String, openedAt: Int64) {
        self.route = route
        self.address = address
        self.openedAt = openedAt
        messagesReceived = 0
        messagesSent = 0
        bytesReceived = 0
        bytesSent = 0
        queuedBytes = 0
    }
}
