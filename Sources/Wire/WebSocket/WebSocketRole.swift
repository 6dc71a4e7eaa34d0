/// Which end of a connection we are.
public enum WebSocketRole: Sendable {
    /// Reads masked frames and writes plain ones.
    case server
    /// The reverse.
    case client
}
