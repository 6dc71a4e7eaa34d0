public import Engine

/// What the admin API reaches of one worker: the worker keeps it (`Reactor`'s subscript) while it serves.
public final class AdminTarget {
    public let sockets: SocketDirectory
    /// The worker takes no more clients, and ends when those that it has are done.
    public var isDraining = false

    public init(sockets: SocketDirectory) {
        self.sockets = sockets
    }
}
