import Glibc
import Reactor

/// A service on 127.0.0.1 that does what its script says, connection by connection.
final class Origin: Sendable {
    let port: Int
    private let descriptor: Int32
    private let accepted = Guarded(0)
    private let seen = Guarded<[String]>([])
    private let noted: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// - Parameter script: Gets each connection and its number from 0 on, on a thread of its own; returning closes it.
    init(_ script: @escaping @Sendable (Origin, Peer, Int) -> Void) {
        (noted, continuation) = AsyncStream.makeStream()
        descriptor = Origin.bound()
        port = Origin.port(of: descriptor)
        Glibc.listen(descriptor, 128)
        // Weak, so that the last reference of the test closes the listener and ends the thread.
        onThread { [descriptor, weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0, let self else { return }
                let number = self.accepted.withLock { count in
                    defer { count += 1 }
                    return count
                }
                onThread { script(self, Peer(descriptor: connection), number) }
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// Answers every request with `answer`.
    static func answering(_ answer: @escaping @Sendable (Request) -> String) -> Origin {
        Origin { origin, peer, _ in
            while let request = peer.readRequest() {
                origin.note(request.line)
                peer.send(answer(request))
            }
        }
    }

    var connections: Int { accepted.withLock { $0 } }

    /// What the script noted.
    var notes: [String] { seen.withLock { $0 } }

    func note(_ text: String) {
        seen.withLock { $0.append(text) }
        continuation.yield()
    }

    /// Returns once `count` things were noted; for one task only.
    func waitForNotes(_ count: Int) async {
        if noteCount >= count { return }
        for await _ in noted where noteCount >= count { return }
    }

    /// Counted under the lock: ThreadSanitizer does not see that an array which is read outside was let go of.
    private var noteCount: Int { seen.withLock { $0.count } }

    /// A port where nobody listens.
    static func refusingPort() -> Int {
        let descriptor = bound()
        defer { close(descriptor) }
        return port(of: descriptor)
    }

    private static func bound() -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        precondition(result == 0)
        return descriptor
    }

    private static func port(of descriptor: Int32) -> Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
