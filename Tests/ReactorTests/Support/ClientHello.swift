import COpenSSL

@testable import Reactor

/// The first flight of a client.
enum ClientHello {
    static func bytes() throws -> [UInt8] {
        guard let context = SSL_CTX_new(TLS_client_method()), let ssl = SSL_new(context),
            let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem())
        else { throw TLSError.last("no client") }
        defer {
            SSL_free(ssl)
            SSL_CTX_free(context)
        }
        SSL_set_bio(ssl, incoming, outgoing)
        _ = dragoman_ssl_set_server_name(ssl, "server.test")
        SSL_set_connect_state(ssl)
        SSL_do_handshake(ssl)
        ERR_clear_error()
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = BIO_read(outgoing, &bytes, Int32(bytes.count))
        return Array(bytes.prefix(max(0, Int(count))))
    }
}
