public import Buffers
public import Reactor

/// A client's socket, as others than the client see it. Lives on the worker of its directory.
public protocol AddressedSocket: AnyObject {
    var stage: SocketStage { get }
    var groups: Set<String> { get set }
    /// Whose it is, if that is known.
    var user: String? { get }
    /// What it is and how it does.
    var facts: SocketFacts { get }
    /// Sends the client a message.
    func push(_ payload: Bytes, isText: Bool) -> SocketPush
    /// Calls `body` once, perhaps at once: with true when the client's connection has taken all that was sent so far, with
    /// false when the socket has ended before.
    func whenWritten(_ body: @escaping (Bool) -> Void)
    func close(code: Int, reason: String)
    /// Closes it at `instant`, if it is still there.
    func close(at instant: Instant, code: Int, reason: String)
}

/// Where a socket is: `opening → open → closing`.
public enum SocketStage: Sendable, Equatable {
    /// It will be open soon, or will be refused.
    case opening
    case open
    /// A Close frame with this code is on its way to the client.
    case closing(code: Int)
}

/// What came of a message that was to be sent to a client.
public enum SocketPush: Sendable, Equatable {
    /// It is the message `number` that the client is sent.
    case sent(number: Int)
    /// The client takes in so little that there is no room for it.
    case full
    /// The socket's messages have `limit` bytes at most.
    case tooLarge(limit: Int)
    /// The socket is not open.
    case notOpen
}
