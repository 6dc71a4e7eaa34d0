internal import COpenSSL

/// The rules of mutual TLS on one listener, compiled.
struct TLSClientVerifier {
    private let rules: TLSClientVerification?
    private let authorities: [OpenSSLHandle]
    /// SHA-256 of the listener's name and these rules.
    ///
    /// A session says that its client was verified, so it must not be resumed where others are asked for
    /// (CVE-2025-23419).
    private let scope: [UInt8]

    init(_ settings: TLSServerSettings) throws(TLSError) {
        rules = settings.clients
        var scope = Array(settings.sessionScope.utf8)
        if let rules {
            authorities = try PEMReader.certificates(rules.authorities)
            scope += [0, rules.isRequired ? 1 : 0] + (try rules.authorities.read())
        } else {
            authorities = []
        }
        var digest = [UInt8](repeating: 0, count: 32)
        guard EVP_Digest(scope, scope.count, &digest, nil, EVP_sha256(), nil) == 1 else { throw .last("no SHA-256") }
        self.scope = digest
    }

    func install(in context: OpenSSLHandle) throws(TLSError) {
        let pointer = context.pointer
        guard SSL_CTX_set_session_id_context(pointer, scope, UInt32(scope.count)) == 1 else {
            throw .last("no session context")
        }
        guard let rules else { return }
        try TLSContextBuilder.trust(authorities, from: rules.authorities, in: context)
        for authority in authorities { SSL_CTX_add_client_CA(pointer, authority.pointer) }
        SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER | (rules.isRequired ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nil)
        SSL_CTX_set_verify_depth(pointer, Int32(clamping: rules.maximumDepth))
    }
}
