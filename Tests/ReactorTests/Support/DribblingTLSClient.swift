import COpenSSL

@testable import Reactor

/// A client that sends every byte by itself.
final class DribblingTLSClient {
    private let ssl: OpaquePointer
    private let context: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private let socket: BlockingClient

    init(_ address: SocketAddress, version: Int32) throws {
        guard let context = SSL_CTX_new(TLS_client_method()), let ssl = SSL_new(context),
            let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem())
        else { throw TLSError.last("no client") }
        (self.context, self.ssl, self.incoming, self.outgoing) = (context, ssl, incoming, outgoing)
        SSL_set_bio(ssl, incoming, outgoing)
        SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
        SSL_set_connect_state(ssl)
        socket = BlockingClient(address)
        socket.sendAtOnce()
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
        socket.close()
    }

    /// Shakes hands, sends `message` and returns as many bytes as come back.
    func exchange(_ message: [UInt8]) -> [UInt8] {
        while SSL_do_handshake(ssl) != 1 {
            guard exchange() else { return [] }
        }
        SSL_write(ssl, message, Int32(message.count))
        var answer: [UInt8] = []
        while answer.count < message.count {
            guard exchange() else { return answer }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = SSL_read(ssl, &bytes, Int32(bytes.count))
            if count > 0 { answer += bytes[..<Int(count)] }
        }
        return answer
    }

    private func exchange() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while case let count = BIO_read(outgoing, &bytes, Int32(bytes.count)), count > 0 {
            for byte in bytes[..<Int(count)] { socket.send([byte]) }
        }
        let received = socket.receive()
        return BIO_write(incoming, received, Int32(received.count)) > 0
    }
}
