internal import COpenSSL

// What was agreed; valid from `SocketHandler.connected` on. All of it is asked of OpenSSL each time: keep what you need.
extension TLSConnection {
    public var version: TLSVersion {
        SSL_version(ssl) == TLS1_3_VERSION ? .tls13 : .tls12
    }

    /// The protocol agreed by ALPN; nil when the client offered none.
    public var applicationProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &count)
        guard let name, count > 0 else { return nil }
        return String(decoding: UnsafeBufferPointer(start: name, count: Int(count)), as: UTF8.self)
    }

    /// The name that the client asked for (SNI), as it wrote it; at the client's end, the name that was asked for.
    public var serverName: String? {
        SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }

    /// "TLS_AES_128_GCM_SHA256", …
    public var cipherSuite: String {
        SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)).map { String(cString: $0) } ?? ""
    }

    /// An earlier session was resumed.
    public var isResumed: Bool {
        SSL_session_reused(ssl) == 1
    }

    /// The peer's certificate, verified: who the caller is. nil when none was shown.
    public var peerCertificate: Certificate? {
        SSL_get0_peer_certificate(ssl).map { Certificate($0) }
    }

    /// Whether the certificate shown to the client is for `host`: if not, a request for it was misdirected (421,
    /// RFC 9110 §15.5.20). Servers only.
    ///
    /// - Parameter host: A host name or an address without brackets or port.
    public func isCertified(for host: String) -> Bool {
        guard let certificate = SSL_get_certificate(ssl) else { return false }
        if let address = IPAddress(host) { return X509_check_ip_asc(certificate, address.description, 0) == 1 }
        return X509_check_host(certificate, host, host.utf8.count, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS), nil)
            == 1
    }
}
