internal import CLinux
internal import Glibc

/// What the kernel or the resolver refused, and when.
public struct ReactorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was being done.
    public enum Operation: String, Sendable {
        case accept, bind, connect, epoll, handshake, listen, open, pipe, read, resolve, signal, socket, thread, tls
        case write
    }

    public let operation: Operation
    /// The `errno`; for `.resolve` the `EAI_…` code, which is negative, or `EAI_SYSTEM`'s `errno`; for `.handshake` and
    /// `.tls` OpenSSL's error code, or a negative one of ours.
    public let code: Int32

    public init(_ operation: Operation, code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// The failure that the system call just before reported.
    static func last(_ operation: Operation) -> ReactorError {
        ReactorError(operation, code: dragoman_errno())
    }

    /// For logs: "connect: Connection refused".
    public var description: String {
        if operation == .handshake || operation == .tls { return "\(operation.rawValue): \(tlsText)" }
        // strerror(3) is thread-safe since glibc 2.32.
        let text = code < 0 ? gai_strerror(code) : UnsafePointer(strerror(code))
        return "\(operation.rawValue): \(text.map { String(cString: $0) } ?? String(code))"
    }

    /// The peer refused, is unknown or out of reach, or TLS was not agreed: the connection never stood.
    public var neverConnected: Bool {
        operation == .connect || operation == .resolve || operation == .socket || operation == .handshake
    }
}
