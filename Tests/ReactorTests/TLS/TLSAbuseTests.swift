import Buffers
import COpenSSL
import TestSupport
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct TLSAbuseTests {
    let fixture: TLSFixture

    init() throws {
        fixture = try TLSFixture()
    }

    @Test func `a few key updates are obeyed, a flood of them ends the connection`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { accepted in
                _ = Recorder(accepted, log) { socket, event in
                    if case .received(let bytes) = event { socket.write(Bytes(bytes)) }
                }
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            for _ in 0..<4 {
                SSL_key_update(client.ssl, SSL_KEY_UPDATE_REQUESTED)
                client.send([7])
                #expect(client.receive() == [7])
            }
            for _ in 0..<200 {
                SSL_key_update(client.ssl, SSL_KEY_UPDATE_REQUESTED)
                guard SSL_do_handshake(client.ssl) == 1 else { break }
            }
            ERR_clear_error()
            #expect(await log.all().last == .closed(.tlsFlood))
        }
    }

    @Test func `nobody renegotiates`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { _ = EchoHandler($0) }
            let client = try BlockingTLSClient(address) {
                _ = dragoman_ssl_set_versions($0, TLS1_2_VERSION, TLS1_2_VERSION)
            }
            #expect(client.shakeHands() == nil)
            SSL_renegotiate(client.ssl)
            #expect(SSL_do_handshake(client.ssl) != 1)
            #expect(OpenSSL.reason(OpenSSL.takeError()) == "no renegotiation")
        }
    }

    @Test func `early data is not offered`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { _ = EchoHandler($0) }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
            client.send([1])
            #expect(client.receive() == [1])
            let session = SSL_get1_session(client.ssl)
            defer { SSL_SESSION_free(session) }
            #expect(SSL_SESSION_is_resumable(session) == 1)
            #expect(SSL_SESSION_get_max_early_data(session) == 0)
        }
    }

    @Test func `a chain of certificates without end is refused`() async throws {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let server = try fixture.server {
                $0.clients = TLSClientVerification(authorities: fixture.authority.roots)
            }
            let address = try await workers[0].listen(server) { guests.receive($0) }
            let long = try fixture.authority.issue(
                .init(), through: [TestAuthority](repeating: fixture.authority, count: 200))
            let client = try fixture.client { $0.credential = long }
            await workers[0].connect(to: address, client, EventLog())
            #expect(await guests.next() == nil)
        }
    }

    @Test func `random bytes at any time end one connection and no more`() async throws {
        try await withWorkers { workers in
            let hello = try ClientHello.bytes()
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server()) { guests.receive($0) }
            var random = SeededGenerator(seed: 4)
            for _ in 0..<200 {
                let client = BlockingClient(address)
                client.send(Array(hello.prefix(Int.random(in: 0...hello.count, using: &random))))
                client.send(
                    (0..<Int.random(in: 1...300, using: &random)).map { _ in .random(in: 0...255, using: &random) })
                client.end()
                #expect(await guests.next() == nil)
                client.close()
            }
            let client = try BlockingTLSClient(address)
            #expect(client.shakeHands() == nil)
        }
    }

    @Test func `connections past the rate of handshakes wait, and are served`() async throws {
        try await withWorkers(2) { workers in
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server { $0.handshakesPerSecond = 40 }) {
                guests.receive($0)
            }
            let context = try fixture.client()
            for _ in 0..<30 { await workers[1].connect(to: address, context, EventLog()) }
            for _ in 0..<30 { #expect(await guests.next() != nil) }
        }
    }
}
