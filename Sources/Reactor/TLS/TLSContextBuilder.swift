internal import COpenSSL

/// What contexts of both roles have in common.
enum TLSContextBuilder {
    /// AEAD with forward secrecy only. AES-128 first: it is the cheapest, and nobody breaks it.
    private static let suites = """
        ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:\
        ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:\
        ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
        """
    private static let suites13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
    private static let groups = "X25519:P-256:P-384"
    /// Bytes of certificates that a peer may show.
    private static let largestChain = 64 * 1024

    static func context(
        _ method: OpaquePointer?, versions: (minimum: TLSVersion, maximum: TLSVersion)
    ) throws(TLSError) -> OpenSSLHandle {
        ERR_clear_error()
        guard let pointer = SSL_CTX_new(method) else { throw .last("no TLS context") }
        let context = OpenSSLHandle(pointer) { SSL_CTX_free($0) }
        guard dragoman_ssl_set_versions(pointer, versions.minimum.code, versions.maximum.code) == 1,
            SSL_CTX_set_cipher_list(pointer, suites) == 1, SSL_CTX_set_ciphersuites(pointer, suites13) == 1,
            dragoman_ssl_set_groups(pointer, groups) == 1
        else { throw .last("the suites are not available") }
        dragoman_ssl_harden(pointer)
        dragoman_ssl_set_max_cert_list(pointer, largestChain)
        SSL_CTX_set_info_callback(pointer) { ssl, what, _ in
            guard what & (SSL_CB_LOOP | SSL_CB_ALERT) != 0, let ssl else { return }
            TLSConnection.of(ssl)?.heardControl()
        }
        return context
    }

    /// Trusts `authorities` as roots.
    static func trust(
        _ authorities: [OpenSSLHandle], from source: TLSMaterial, in context: OpenSSLHandle
    ) throws(TLSError) {
        let store = SSL_CTX_get_cert_store(context.pointer)
        for authority in authorities {
            guard X509_STORE_add_cert(store, authority.pointer) == 1 else {
                throw .last(file: source.path, "an authority cannot be used")
            }
        }
    }
}
