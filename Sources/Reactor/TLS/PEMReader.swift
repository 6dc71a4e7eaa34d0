internal import COpenSSL

/// Certificates and keys from PEM (RFC 7468).
enum PEMReader {
    /// All certificates, in their order; at least one.
    static func certificates(_ source: TLSMaterial) throws(TLSError) -> [OpenSSLHandle] {
        var found: [OpenSSLHandle] = []
        let end = read(try source.read()) { bio in
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
        let bytes = try source.read()
        // Without the callback OpenSSL would ask the terminal for a password.
        _ = read(bytes) { found = PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }
        if let found { return OpenSSLHandle(found) { EVP_PKEY_free($0) } }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("PRIVATE KEY-----") else {
            throw TLSError(file: source.path, reason: "there is no private key in it")
        }
        guard !text.contains("ENCRYPTED") else {
            throw TLSError(file: source.path, reason: "the key is encrypted; store it without a password")
        }
        throw TLSError(file: source.path, reason: "the key is damaged or of an unknown kind")
    }

    /// Calls `body` with a BIO over `bytes`; returns PEM's reason to stop, 0 for another one.
    private static func read(_ bytes: [UInt8], _ body: (OpaquePointer) -> Void) -> Int32 {
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
