internal import COpenSSL

/// Certificates and keys from PEM (RFC 7468).
enum PEMReader {
    /// All certificates, in their order; at least one.
    static func certificates(_ source: TLSMaterial) throws(TLSError) -> [OpenSSLHandle] {
        var found: [OpenSSLHandle] = []
        let end = try read(source) { bio in
            while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) {
                found.append(OpenSSLHandle(certificate) { X509_free($0) })
            }
        }
        // After the last one there is no beginning of another; anything else is damage.
        guard end == PEM_R_NO_START_LINE else { throw TLSError(file: source.path, reason: "a certificate is damaged") }
        guard !found.isEmpty else { throw TLSError(file: source.path, reason: "there is no certificate in it") }
        return found
    }

    static func key(_ source: TLSMaterial) throws(TLSError) -> OpenSSLHandle {
        var found: OpaquePointer?
        // Without the callback OpenSSL would ask the terminal for a password.
        let end = try read(source) { found = PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }
        guard let found else {
            let reason =
                switch end {
                case PEM_R_NO_START_LINE: "there is no private key in it"
                case PEM_R_BAD_PASSWORD_READ: "the key is encrypted; store it without a password"
                default: "the key is damaged or of an unknown kind"
                }
            throw TLSError(file: source.path, reason: reason)
        }
        return OpenSSLHandle(found) { EVP_PKEY_free($0) }
    }

    /// Calls `body` with a BIO over the material; returns PEM's reason to stop, 0 for none.
    private static func read(
        _ source: TLSMaterial, _ body: (OpaquePointer) -> Void
    ) throws(TLSError) -> Int32 {
        let bytes = try source.read()
        guard !bytes.isEmpty else { return PEM_R_NO_START_LINE }
        ERR_clear_error()
        return bytes.withUnsafeBytes { bytes in
            guard let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            else {
                return 0
            }
            defer { BIO_free(bio) }
            body(bio)
            let code = ERR_peek_last_error()
            ERR_clear_error()
            return ERR_GET_LIB(code) == ERR_LIB_PEM ? ERR_GET_REASON(code) : 0
        }
    }
}
