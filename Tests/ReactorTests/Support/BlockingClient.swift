import CLinux
import Glibc

@testable import Reactor

/// A plain blocking socket, so that a test decides what the peer does and when.
struct BlockingClient: Sendable {
    let descriptor: Int32

    init(_ address: SocketAddress) {
        descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue), 0)
        let result = address.withSystem { connect(descriptor, $0, $1) }
        precondition(result == 0)
    }

    var local: SocketAddress? { SocketAddress.ask(descriptor, getsockname) }

    func send(_ bytes: [UInt8]) {
        let sent = bytes.withUnsafeBytes { dragoman_send(descriptor, $0.baseAddress, $0.count) }
        precondition(sent == bytes.count)
    }

    /// Up to `count` bytes; empty at the end of the stream.
    func receive(_ count: Int = 4096) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, recv(descriptor, buffer.baseAddress, count, 0))
        }
    }

    /// Every `send` becomes a packet.
    func sendAtOnce() {
        _ = dragoman_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    }

    func end() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func reset() {
        dragoman_reset_on_close(descriptor)
        close()
    }

    func close() {
        Glibc.close(descriptor)
    }
}
