internal import Buffers

/// What the TLS connections of one reactor share, for none needs it beyond one callback: so it stays in the cache, and
/// an idle connection has no buffer.
final class TLSBuffers {
    /// Ciphertext is received into this.
    let input = Slab(capacity: 64 * 1024)
    /// Small writes are gathered here for one record.
    let record = UnsafeMutableRawBufferPointer.allocate(byteCount: TLSBuffers.recordBytes, alignment: 16)
    /// What OpenSSL wants to send. Empty between calls on connections.
    var output = SealedBytes(capacity: 40 * 1024)

    /// Plaintext of a full record (RFC 8446 §5.1).
    static let recordBytes = 16 * 1024

    deinit {
        record.deallocate()
    }
}
