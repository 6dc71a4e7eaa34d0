internal import COpenSSL
public import Reactor

/// A certificate authority that lives as long as a test. What it issues is for PEM in memory, or for files of the test.
public final class TestAuthority: @unchecked Sendable {
    // Sendable because neither is changed once it is made.
    public let certificate: OpaquePointer
    public let key: OpaquePointer

    public enum Kind: Sendable { case ec, rsa }

    /// What a certificate is to say.
    public struct Request: Sendable {
        public var commonName: String
        /// As OpenSSL writes them: "DNS:a.test,IP:127.0.0.1".
        public var names: String
        /// Seconds from now.
        public var begins: Int
        public var ends: Int
        public var kind: Kind

        public init(
            commonName: String = "server.test", names: String = "DNS:server.test", begins: Int = -3600,
            ends: Int = 86_400, kind: Kind = .ec
        ) {
            self.commonName = commonName
            self.names = names
            self.begins = begins
            self.ends = ends
            self.kind = kind
        }
    }

    public init(_ name: String = "Test Authority", parent: TestAuthority? = nil) throws {
        key = try TestAuthority.makeKey(.ec)
        var request = Request(commonName: name, names: "")
        request.ends = 10 * 86_400
        certificate = try TestAuthority.sign(
            request, key, issuer: parent.map { ($0.certificate, $0.key) }, constraints: "critical,CA:TRUE")
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    /// The authority's certificate, for those who trust it.
    public var roots: TLSMaterial { .bytes(TestAuthority.pem { PEM_write_bio_X509($0, certificate) }) }

    /// - Parameter through: Authorities between this one and the root, to be shown as well.
    public func issue(_ request: Request = Request(), through: [TestAuthority] = []) throws -> TLSCredential {
        let own = try TestAuthority.makeKey(request.kind)
        let signed = try TestAuthority.sign(request, own, issuer: (certificate, key), constraints: "CA:FALSE")
        defer {
            X509_free(signed)
            EVP_PKEY_free(own)
        }
        let chain = TestAuthority.pem { bio in
            PEM_write_bio_X509(bio, signed)
            for authority in through { PEM_write_bio_X509(bio, authority.certificate) }
        }
        let secret = TestAuthority.pem { PEM_write_bio_PrivateKey($0, own, nil, nil, 0, nil, nil) }
        return TLSCredential(certificate: .bytes(chain), key: .bytes(secret))
    }

    /// A credential for `names`, each a host name.
    public func issue(_ names: String..., kind: Kind = .ec) throws -> TLSCredential {
        let list = names.map { "DNS:\($0)" }.joined(separator: ",")
        return try issue(Request(commonName: names.first ?? "", names: list, kind: kind))
    }

    private static func makeKey(_ kind: Kind) throws -> OpaquePointer {
        let context = EVP_PKEY_CTX_new_id(kind == .ec ? EVP_PKEY_EC : EVP_PKEY_RSA, nil)
        defer { EVP_PKEY_CTX_free(context) }
        EVP_PKEY_keygen_init(context)
        switch kind {
        case .ec: EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1)
        case .rsa: EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048)
        }
        var key: OpaquePointer?
        EVP_PKEY_generate(context, &key)
        guard let key else { throw TLSError(reason: "no key") }
        return key
    }

    private static func sign(
        _ request: Request, _ key: OpaquePointer, issuer: (OpaquePointer, OpaquePointer)?, constraints: String
    ) throws -> OpaquePointer {
        guard let certificate = X509_new() else { throw TLSError(reason: "no certificate") }
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), UInt64.random(in: 1 ... .max >> 1))
        X509_gmtime_adj(X509_getm_notBefore(certificate), request.begins)
        X509_gmtime_adj(X509_getm_notAfter(certificate), request.ends)
        let name = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, "Example", -1, -1, 0)
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, request.commonName, -1, -1, 0)
        X509_set_issuer_name(certificate, issuer.map { X509_get_subject_name($0.0) } ?? name)
        X509_set_pubkey(certificate, key)
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer?.0 ?? certificate, certificate, nil, nil, 0)
        var extensions = [(NID_basic_constraints, constraints), (NID_subject_key_identifier, "hash")]
        if !request.names.isEmpty { extensions.append((NID_subject_alt_name, request.names)) }
        for (kind, text) in extensions {
            let field = X509V3_EXT_conf_nid(nil, &context, kind, text)
            X509_add_ext(certificate, field, -1)
            X509_EXTENSION_free(field)
        }
        guard X509_sign(certificate, issuer?.1 ?? key, EVP_sha256()) > 0 else { throw TLSError(reason: "not signed") }
        return certificate
    }

    private static func pem(_ write: (OpaquePointer) -> Void) -> [UInt8] {
        guard let bio = BIO_new(BIO_s_mem()) else { return [] }
        defer { BIO_free(bio) }
        write(bio)
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        let count = BIO_read(bio, &bytes, Int32(clamping: bytes.count))
        return Array(bytes.prefix(max(0, Int(count))))
    }
}
