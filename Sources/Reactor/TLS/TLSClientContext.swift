internal import COpenSSL

/// TLS for the connections to an upstream, shared by all workers: whom to trust, what to show, sessions to resume.
///
///     let context = try TLSClientContext(settings)          // reads the files: throws(TLSError)
///     let socket = reactor.connect(to: address, tls: context, serverName: "api.example.com")
///
/// As with accepted sockets, `connected` means that the handshake is done and the certificate is the upstream's.
public final class TLSClientContext: Sendable {
    let handshakeTimeout: Int64
    private let context: OpenSSLHandle
    private let sessions = Guarded<[TLSEndpoint: OpenSSLHandle]>([:])
    /// Endpoints whose sessions are remembered.
    private static let mostSessions = 1024

    /// Throws with the file and what is wrong with it.
    public init(_ settings: TLSClientSettings = TLSClientSettings()) throws(TLSError) {
        handshakeTimeout = settings.handshakeTimeout.nanoseconds
        context = try TLSContextBuilder.context(TLS_client_method(), versions: (settings.minimum, settings.maximum))
        let pointer = context.pointer
        if let authorities = settings.authorities {
            try TLSContextBuilder.trust(
                try PEMReader.certificates(authorities), from: authorities, in: context)
        } else if SSL_CTX_set_default_verify_paths(pointer) != 1 {
            throw .last("the system's authorities cannot be read")
        }
        SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
        if let credential = settings.credential { try LoadedCredential(credential).install(in: context) }
        let offer = settings.protocols.reduce(into: [UInt8]()) { offer, name in
            offer.append(UInt8(truncatingIfNeeded: name.utf8.count))
            offer += name.utf8
        }
        guard settings.protocols.allSatisfy({ 1...255 ~= $0.utf8.count }),
            SSL_CTX_set_alpn_protos(pointer, offer, UInt32(offer.count)) == 0
        else { throw TLSError(reason: "a protocol's name has 1 to 255 bytes") }
        dragoman_ssl_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL))
        SSL_CTX_sess_set_new_cb(pointer) { ssl, session in
            guard let ssl, let session else { return 0 }
            return TLSConnection.of(ssl)?.remember(session) == true ? 1 : 0
        }
    }

    /// A connection that expects the certificate of `endpoint` and resumes its last session.
    func connection(to endpoint: TLSEndpoint) -> OpaquePointer? {
        guard let ssl = SSL_new(context.pointer) else { return nil }
        guard TLSClientContext.expect(endpoint.name, ssl) else {
            SSL_free(ssl)
            return nil
        }
        if let session = sessions.withLock({ $0[endpoint] }) { SSL_set_session(ssl, session.pointer) }
        return ssl
    }

    /// An address is verified as such, and is no server name (RFC 6066 §3).
    private static func expect(_ name: String, _ ssl: OpaquePointer) -> Bool {
        if let address = IPAddress(name) {
            return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), address.description) == 1
        }
        SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        return !name.isEmpty && SSL_set1_host(ssl, name) == 1 && dragoman_ssl_set_server_name(ssl, name) == 1
    }

    /// Takes over `session`.
    func remember(_ session: OpaquePointer, of endpoint: TLSEndpoint) {
        let handle = OpenSSLHandle(session) { SSL_SESSION_free($0) }
        sessions.withLock { sessions in
            if sessions.count >= TLSClientContext.mostSessions, sessions[endpoint] == nil { sessions.removeAll() }
            sessions[endpoint] = handle
        }
    }
}

/// Where a client's sessions belong to.
struct TLSEndpoint: Hashable, Sendable {
    /// Host name or address that the certificate must be for.
    let name: String
    let address: SocketAddress
}
