import COpenSSL
import Glibc

@testable import Reactor

/// A plain OpenSSL client, so that a test decides what the peer does and when.
final class BlockingTLSClient: @unchecked Sendable {
    // Sendable because a test uses it from one place at a time.
    let ssl: OpaquePointer
    private let socket: BlockingClient
    private let context: OpaquePointer

    /// - Parameters:
    ///   - prepare: Changes the context before there is a connection.
    ///   - begin: Changes the connection before the handshake.
    init(
        _ address: SocketAddress, serverName: String? = "server.test", prepare: (OpaquePointer) -> Void = { _ in },
        begin: (OpaquePointer) -> Void = { _ in }
    ) throws {
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw TLSError.last("no context") }
        self.context = context
        SSL_CTX_set_security_level(context, 0)
        prepare(context)
        guard let ssl = SSL_new(context) else { throw TLSError.last("no connection") }
        self.ssl = ssl
        socket = BlockingClient(address)
        SSL_set_fd(ssl, socket.descriptor)
        if let serverName { _ = dragoman_ssl_set_server_name(ssl, serverName) }
        begin(ssl)
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
        socket.close()
    }

    /// nil when the handshake went well, else why not.
    func shakeHands() -> String? {
        SSL_connect(ssl) == 1 ? nil : OpenSSL.reason(OpenSSL.takeError())
    }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        return SSL_write(ssl, bytes, Int32(bytes.count)) == bytes.count
    }

    /// Up to 4096 bytes; empty at the end of the stream, nil for a failure.
    func receive() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = SSL_read(ssl, &bytes, Int32(bytes.count))
        if count > 0 { return Array(bytes[..<Int(count)]) }
        defer { ERR_clear_error() }
        return SSL_get_error(ssl, count) == SSL_ERROR_ZERO_RETURN ? [] : nil
    }

    /// Says close_notify.
    func end() {
        SSL_shutdown(ssl)
    }

    /// FIN, and no goodbye.
    func cut() {
        socket.end()
    }

    /// The subject of the certificate that the server shows.
    var serverSubject: String? {
        SSL_get0_peer_certificate(ssl).map { Certificate($0).subject }
    }
}
