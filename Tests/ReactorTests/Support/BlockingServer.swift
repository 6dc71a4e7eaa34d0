import CLinux
import Glibc
import Synchronization

@testable import Reactor

/// A plain blocking listener for one connection.
final class BlockingServer: Sendable {
    let address: SocketAddress
    private let listener: Int32
    private let connection = Atomic<Int32>(-1)

    init() {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        _ = SocketAddress.anyLoopbackPort.withSystem { bind(listener, $0, $1) }
        listen(listener, 16)
        self.listener = listener
        address = SocketAddress.ask(listener, getsockname) ?? .anyLoopbackPort
    }

    deinit {
        close(listener)
    }

    func accept() {
        connection.store(Glibc.accept(listener, nil, nil), ordering: .relaxed)
    }

    func send(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { dragoman_send(connection.load(ordering: .relaxed), $0.baseAddress, $0.count) }
    }

    /// How many bytes come until the stream ends.
    func receiveAll() -> Int {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var total = 0
        while true {
            let count = recv(connection.load(ordering: .relaxed), &buffer, buffer.count, 0)
            guard count > 0 else { return total }
            total += count
        }
    }

    /// With unread bytes, the kernel resets the connection.
    func closeConnection() {
        close(connection.load(ordering: .relaxed))
    }
}
