internal import COpenSSL

/// An object of OpenSSL that lives as long as this.
final class OpenSSLHandle: @unchecked Sendable {
    // Sendable because only what is not changed once it is built is held so (contexts, certificates, keys, sessions), and
    // OpenSSL counts references to these atomically.
    let pointer: OpaquePointer
    private let free: @Sendable (OpaquePointer) -> Void

    /// Takes over `pointer`.
    init(_ pointer: OpaquePointer, free: @escaping @Sendable (OpaquePointer) -> Void) {
        self.pointer = pointer
        self.free = free
    }

    deinit {
        free(pointer)
    }
}
