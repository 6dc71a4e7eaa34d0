/// Is told of what services send on their sockets and nobody can use.
public protocol SocketObserver: Sendable {
    /// A message was dropped. Called on the worker: must not wait for anything.
    ///
    /// - Parameter cause: What is wrong with it; may hold a service's own words.
    func dropped(_ cause: String)
}
