internal import COpenSSL

/// The error queue of OpenSSL, one per thread.
///
/// It must be empty whenever a call on a connection begins, or `SSL_get_error` blames the wrong one: so whoever sees a
/// call fail takes the error, which empties it.
enum OpenSSL {
    /// The error at the root of what has just failed, 0 for none.
    static func takeError() -> UInt {
        let code = ERR_get_error()
        ERR_clear_error()
        return code
    }

    /// "certificate verify failed", "wrong version number", …
    static func reason(_ code: UInt) -> String {
        ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
    }

    /// What `write` writes into a memory BIO, as text.
    static func text(_ write: (OpaquePointer) -> Void) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        write(bio)
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        let count = BIO_read(bio, &bytes, Int32(clamping: bytes.count))
        return String(decoding: bytes.prefix(max(0, Int(count))), as: UTF8.self)
    }
}
