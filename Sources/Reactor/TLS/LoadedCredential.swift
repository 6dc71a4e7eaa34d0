internal import COpenSSL

/// A credential read and understood.
struct LoadedCredential {
    let source: TLSCredential
    let certificate: OpenSSLHandle
    let authorities: [OpenSSLHandle]
    let key: OpenSSLHandle
    let staple: OCSPStaple?

    /// Throws with the file at fault.
    init(_ source: TLSCredential) throws(TLSError) {
        self.source = source
        let chain = try PEMReader.certificates(source.certificate)
        guard let certificate = chain.first else {
            throw TLSError(file: source.certificate.path, reason: "there is no certificate in it")
        }
        self.certificate = certificate
        authorities = Array(chain.dropFirst())
        key = try PEMReader.key(source.key)
        guard X509_check_private_key(certificate.pointer, key.pointer) == 1 else {
            ERR_clear_error()
            let other = source.certificate.path.map { " " + $0 } ?? ""
            throw TLSError(file: source.key.path, reason: "the key does not belong to the certificate\(other)")
        }
        guard let response = source.ocspResponse else {
            staple = nil
            return
        }
        staple = try OCSPStaple(response, for: certificate)
    }

    /// What the certificate says.
    var facts: Certificate { Certificate(certificate.pointer) }

    /// RSA, EC, …
    var keyKind: Int32 { EVP_PKEY_get_base_id(key.pointer) }

    /// Makes `context` show this credential, beside those of other kinds that it has.
    func install(in context: OpenSSLHandle) throws(TLSError) {
        guard let chain = OPENSSL_sk_new_null() else { throw .last("out of memory") }
        defer { OPENSSL_sk_free(chain) }
        for authority in authorities { OPENSSL_sk_push(chain, UnsafeRawPointer(authority.pointer)) }
        guard SSL_CTX_use_cert_and_key(context.pointer, certificate.pointer, key.pointer, chain, 1) == 1 else {
            throw .last(file: source.certificate.path, "the certificate cannot be used")
        }
    }
}
