internal import Buffers
internal import Canonical

/// How calls and their answers stand in the messages of a service's socket. Compiled at load; knows no socket.
protocol SocketStyle: Sendable {
    /// Whether messages say which call they are of, so that any number of calls have one socket.
    var isShared: Bool { get }

    /// Throws a finding without a location when an operation cannot be called so.
    func check(_ operation: Operation, named name: String, in schema: Schema) throws(Diagnostic)

    /// What begins a call.
    ///
    /// - Parameters:
    ///   - name: What the service calls the operation.
    ///   - message: The only one of the request; nil where there is none, or the request is a stream of them.
    /// - Returns: nil when there is nothing to say.
    func begin(
        _ operation: Operation, named name: String, _ message: Bytes?, id: UInt
    ) throws(Failure) -> Bytes?
    /// The next message of a stream.
    func next(_ message: Bytes, named name: String, id: UInt) throws(Failure) -> Bytes
    /// The stream of messages ends; nil where only a Close frame says so.
    func complete(named name: String, id: UInt) -> Bytes?
    /// Nobody waits for the answer any more; nil where services cannot be told.
    func cancel(id: UInt) -> Bytes?

    /// - Throws: When the message is none of those that services send.
    func read(_ text: Bytes) throws(Failure) -> SocketReply
}
