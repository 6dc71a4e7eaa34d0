internal import Buffers
internal import Canonical

/// What one message of a service says of a call.
struct SocketReply {
    /// Which call; nil where the message does not say.
    var id: UInt?
    /// A message of the operation, as JSON.
    var value: Bytes?
    /// Whether `value` says nothing: at the end of a stream it is no message then.
    var isEmpty = false
    /// Nothing of the call follows.
    var isLast = false
    /// The call has failed.
    var failure: Failure?

    /// Whether the call is over with it.
    func ends(_ operation: Operation) -> Bool {
        isLast || failure != nil || !operation.interaction.hasResponseStream
    }
}
