import Buffers
import Reactor

/// Sends back what it gets, no faster than it can be sent, and ends when the peer does.
final class EchoHandler: SocketHandler {
    private let socket: Socket
    private(set) var mostPending = 0

    init(_ socket: Socket) {
        self.socket = socket
        socket.handler = self
    }

    func received(_ bytes: Bytes) {
        socket.write(bytes)
        mostPending = max(mostPending, socket.pendingBytes)
        if !socket.isWritable { socket.pauseReading() }
    }

    func drained() {
        socket.resumeReading()
    }

    func receivedEnd() {
        socket.shutdownWrite()
    }

    func closed(_ error: ReactorError?) {}
}
