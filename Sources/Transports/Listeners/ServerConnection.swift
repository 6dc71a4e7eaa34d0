internal import Canonical
internal import Reactor

/// One client's connection, of whatever HTTP version, as its listener sees it.
protocol ServerConnection: SocketHandler {
    var socket: Socket { get }
    /// The listener closes: what is under way finishes, nothing new begins.
    func drain()
    /// Answers with `failure` if nothing has been answered yet, and ends the connection.
    func refuse(_ failure: Failure)
}
