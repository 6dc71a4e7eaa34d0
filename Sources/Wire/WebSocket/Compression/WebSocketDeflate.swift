/// What was agreed on permessage-deflate (RFC 7692 §7.1), each way.
public struct WebSocketDeflate: Hashable, Sendable {
    /// How messages are compressed in one direction.
    public struct Direction: Hashable, Sendable {
        /// Messages may refer to those before them, which costs both sides memory for as long as the connection lives.
        public var keepsContext: Bool
        /// How far they reach back: 2 to the power of this, 8 to 15.
        public var windowBits: Int

        public init(keepsContext: Bool = false, windowBits: Int = 15) {
            self.keepsContext = keepsContext
            self.windowBits = windowBits
        }
    }

    /// What the server sends.
    public var server: Direction
    /// What the client sends.
    public var client: Direction

    /// As a wish, the most that we want; by default no message refers to another, so that an idle connection costs nothing.
    public init(server: Direction = Direction(), client: Direction = Direction()) {
        self.server = server
        self.client = client
    }

    func outgoing(_ role: WebSocketRole) -> Direction { role == .server ? server : client }
    func incoming(_ role: WebSocketRole) -> Direction { role == .server ? client : server }
}
