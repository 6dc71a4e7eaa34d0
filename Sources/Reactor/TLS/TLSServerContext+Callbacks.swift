internal import COpenSSL

extension TLSServerContext {
    /// A context for one certificate, or for several of the same names.
    static func context(
        _ settings: TLSServerSettings, _ verifier: TLSClientVerifier
    ) throws(TLSError) -> OpenSSLHandle {
        let context = try TLSContextBuilder.context(TLS_server_method(), versions: (settings.minimum, settings.maximum))
        let pointer = context.pointer
        dragoman_ssl_prefer_own_order(pointer)
        // Sessions live in tickets, at the clients; one each, for a resumed connection gets the next.
        dragoman_ssl_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_OFF))
        SSL_CTX_set_num_tickets(pointer, 1)
        SSL_CTX_set_timeout(pointer, 7200)
        dragoman_ssl_on_server_name(pointer, { ssl, _, _ in TLSServerContext.chooseCertificate(ssl) }, nil)
        dragoman_ssl_on_status_request(pointer, { ssl, _ in TLSServerContext.staple(ssl) }, nil)
        SSL_CTX_set_tlsext_ticket_key_evp_cb(pointer) {
            TLSServerContext.crypt($0, name: $1, initial: $2, cipher: $3, mac: $4, seals: $5 == 1)
        }
        if !settings.protocols.isEmpty {
            SSL_CTX_set_alpn_select_cb(
                pointer,
                { ssl, chosen, count, offer, length, _ in
                    TLSServerContext.chooseProtocol(
                        ssl, UnsafeBufferPointer(start: offer, count: Int(length)), chosen, count)
                }, nil)
        }
        try verifier.install(in: context)
        return context
    }

    private static func chooseCertificate(_ ssl: OpaquePointer?) -> Int32 {
        guard let ssl, let name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else {
            return SSL_TLSEXT_ERR_NOACK
        }
        guard let context = TLSConnection.of(ssl)?.server?.context(for: String(cString: name)) else {
            return SSL_TLSEXT_ERR_NOACK
        }
        SSL_set_SSL_CTX(ssl, context)
        return SSL_TLSEXT_ERR_OK
    }

    private static func staple(_ ssl: OpaquePointer?) -> Int32 {
        guard let ssl, let staple = TLSConnection.of(ssl)?.server?.staple(for: SSL_get_certificate(ssl)),
            dragoman_ssl_staple(ssl, staple.bytes, staple.bytes.count) == 1
        else { return SSL_TLSEXT_ERR_NOACK }
        return SSL_TLSEXT_ERR_OK
    }

    /// No protocol in common ends the handshake (RFC 7301 §3.2): taking another than was offered is what cross-protocol
    /// attacks live on (ALPACA).
    private static func chooseProtocol(
        _ ssl: OpaquePointer?, _ offer: UnsafeBufferPointer<UInt8>,
        _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: UnsafeMutablePointer<UInt8>?
    ) -> Int32 {
        guard let ssl, let start = offer.baseAddress, let choice = TLSConnection.of(ssl)?.server?.choose(from: offer)
        else { return SSL_TLSEXT_ERR_ALERT_FATAL }
        chosen?.pointee = start + choice.index
        count?.pointee = UInt8(choice.count)
        return SSL_TLSEXT_ERR_OK
    }

    /// Seals or opens a ticket. Returns 1; 0 for a ticket that cannot be opened, 2 for one to be replaced, -1 for failure.
    private static func crypt(
        _ ssl: OpaquePointer?, name: UnsafeMutablePointer<UInt8>?, initial: UnsafeMutablePointer<UInt8>?,
        cipher: OpaquePointer?, mac: OpaquePointer?, seals: Bool
    ) -> Int32 {
        guard let ssl, let name, let initial, let server = TLSConnection.of(ssl)?.server else { return -1 }
        let now = Instant.current()
        if seals {
            let key = server.tickets.sealing(at: now)
            let fresh = Entropy.bytes(16)
            initial.update(from: fresh, count: fresh.count)
            name.update(from: key.name, count: key.name.count)
            guard EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), nil, key.cipher, initial) == 1,
                dragoman_key_ticket_mac(mac, key.mac, key.mac.count) == 1
            else { return -1 }
            return 1
        }
        let asked = Array(UnsafeBufferPointer(start: name, count: TLSTicketKey.nameBytes))
        guard let (key, isOld) = server.tickets.opening(asked, at: now) else { return 0 }
        guard EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), nil, key.cipher, initial) == 1,
            dragoman_key_ticket_mac(mac, key.mac, key.mac.count) == 1
        else { return -1 }
        return isOld ? 2 : 1
    }
}
