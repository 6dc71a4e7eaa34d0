import Buffers
import Glibc

/// One end of a connection on a plain blocking socket, so that a test decides what it does and when. What never comes
/// becomes the end of the stream after a while, so that a failing test ends.
final class Peer {
    private let descriptor: Int32
    private var unread: [UInt8] = []
    private(set) var isAtEnd = false
    /// The stream ended with a reset.
    private(set) var wasReset = false

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    }

    deinit {
        Glibc.close(descriptor)
    }

    // MARK: Sending

    /// False when the other end does not take it.
    @discardableResult
    func send(_ text: String) -> Bool {
        send(Array(text.utf8))
    }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends FIN.
    func end() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Sends RST, for which it must not be used again.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        // Connecting to nowhere disconnects: with the option above, by RST.
        var nowhere = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }

    func setReceiveBuffer(_ bytes: Int32) {
        var bytes = bytes
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }

    // MARK: Receiving

    /// Reads on; false at the end.
    private func fill() -> Bool {
        if isAtEnd { return false }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            isAtEnd = true
            wasReset = count < 0 && errno == ECONNRESET
            return false
        }
        unread += buffer[..<count]
        return true
    }

    /// The next `count` bytes, or fewer at the end.
    func read(_ count: Int) -> [UInt8] {
        while unread.count < count, fill() {}
        let taken = Array(unread.prefix(count))
        unread.removeFirst(taken.count)
        return taken
    }

    /// Reads up to and with `mark`; nil when the stream ends before.
    func read(through mark: String) -> String? {
        let mark = Array(mark.utf8)
        var start = 0
        while true {
            while start + mark.count <= unread.count {
                if unread[start..<start + mark.count] == mark[...] {
                    return String(decoding: read(start + mark.count), as: UTF8.self)
                }
                start += 1
            }
            guard fill() else { return nil }
        }
    }

    /// All to the end of the stream.
    func readToEnd() -> String {
        while fill() {}
        return String(decoding: read(unread.count), as: UTF8.self)
    }

    /// How many bytes there are to the end of the stream; keeps none.
    func countToEnd() -> Int {
        var count = unread.count
        unread = []
        while fill() {
            count += unread.count
            unread.removeAll(keepingCapacity: true)
        }
        return count
    }

    /// The head of the next message, with its empty line.
    func readHead() -> String? {
        read(through: "\r\n\r\n")
    }

    /// The next response with its body; nil when there is none.
    func readResponse(toHead isHead: Bool = false) -> Response? {
        readHead().flatMap { Response($0, isHead: isHead, from: self) }
    }

    /// The next request with its body.
    func readRequest() -> Request? {
        readHead().flatMap { Request($0, from: self) }
    }
}
