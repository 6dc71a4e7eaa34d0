import Buffers
import COpenSSL
import TestSupport
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct TLSHandshakeTests {
    let fixture: TLSFixture

    init() throws {
        fixture = try TLSFixture()
    }

    @Test func `both ends know what was agreed`() async throws {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server()) { guests.receive($0) }
            let (facts, fact) = AsyncStream<TLSFacts?>.makeStream()
            let context = try fixture.client { $0.protocols = ["http/1.1", "h2"] }
            await workers[0].connect(to: address, context, EventLog()) { socket, event in
                if event == .connected { fact.yield(TLSFacts(socket.tls)) }
            }
            let seen = await guests.next()
            #expect(seen?.version == .tls13)
            #expect(seen?.applicationProtocol == "h2", "the server's taste decides")
            #expect(seen?.serverName == "server.test")
            #expect(seen?.peer == nil)
            var iterator = facts.makeAsyncIterator()
            let own = await iterator.next() ?? nil
            #expect(own?.applicationProtocol == "h2")
            #expect(own?.peer?.subject == "CN=server.test,O=Example")
            #expect(own?.peer?.dnsNames == ["server.test"])
        }
    }

    @Test func `a server knows which hosts its certificate is for`() async throws {
        try await withWorkers { workers in
            let (answers, answer) = AsyncStream<[Bool]>.makeStream()
            let context = try fixture.server { settings in
                let names = "DNS:*.a.test,DNS:b.test,IP:192.0.2.1"
                settings.certificates.append(try fixture.authority.issue(.init(names: names)))
            }
            let address = try await workers[0].listen(context) { accepted in
                _ = Recorder(accepted, EventLog()) { socket, event in
                    guard event == .connected, let tls = socket.tls else { return }
                    let hosts = [
                        "www.a.test", "a.test", "x.y.a.test", "B.test", "192.0.2.1", "192.0.2.2", "server.test", "",
                    ]
                    answer.yield(hosts.map { tls.isCertified(for: $0) })
                }
            }
            let client = try BlockingTLSClient(address, serverName: "b.test")
            #expect(client.shakeHands() == nil)
            var iterator = answers.makeAsyncIterator()
            #expect(await iterator.next() == [true, false, false, true, true, false, false, false])
        }
    }

    @Test(arguments: [
        ("a.test", "CN=a.test,O=Example"), ("A.Test", "CN=a.test,O=Example"),
        ("www.b.test", "CN=*.b.test,O=Example"), ("exact.b.test", "CN=exact.b.test,O=Example"),
        ("two.www.b.test", "CN=server.test,O=Example"), ("b.test", "CN=server.test,O=Example"),
        ("unknown.test", "CN=server.test,O=Example"), (nil, "CN=server.test,O=Example"),
    ])
    func `the name asked for chooses the certificate`(name: String?, subject: String) async throws {
        try await withWorkers { workers in
            let context = try fixture.server { settings in
                settings.certificates.append(try fixture.authority.issue("a.test"))
                settings.certificates.append(try fixture.authority.issue("*.b.test"))
                settings.certificates.append(try fixture.authority.issue("exact.b.test"))
            }
            let address = try await workers[0].listen(context) { _ = EchoHandler($0) }
            let client = try BlockingTLSClient(address, serverName: name)
            #expect(client.shakeHands() == nil)
            #expect(client.serverSubject == subject)
        }
    }

    @Test(arguments: [("RSA+SHA256:RSA-PSS+SHA256", EVP_PKEY_RSA), ("ECDSA+SHA256", EVP_PKEY_EC)])
    func `of two certificates for a name, the client gets the kind that it understands`(
        algorithms: String, kind: Int32
    ) async throws {
        try await withWorkers { workers in
            let context = try fixture.server {
                $0.certificates.append(try fixture.authority.issue("server.test", kind: .rsa))
            }
            let address = try await workers[0].listen(context) { _ = EchoHandler($0) }
            let client = try BlockingTLSClient(address) { context in
                _ = algorithms.withCString {
                    SSL_CTX_ctrl(context, SSL_CTRL_SET_SIGALGS_LIST, 0, UnsafeMutableRawPointer(mutating: $0))
                }
            }
            #expect(client.shakeHands() == nil)
            #expect(EVP_PKEY_get_base_id(X509_get0_pubkey(SSL_get0_peer_certificate(client.ssl))) == kind)
        }
    }

    @Test func `a client that offers only other protocols is refused, one without any is let in`() async throws {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server()) { guests.receive($0) }
            let odd = try BlockingTLSClient(address) { SSL_CTX_set_alpn_protos($0, [3] + Array("ftp".utf8), 4) }
            #expect(odd.shakeHands() == "tlsv1 alert no application protocol")
            #expect(await guests.next() == nil)
            let plain = try BlockingTLSClient(address)
            #expect(plain.shakeHands() == nil)
            let seen = await guests.next()
            #expect(seen != nil)
            #expect(seen?.applicationProtocol == nil)
        }
    }

    @Test(arguments: [TLS1_VERSION, TLS1_1_VERSION])
    func `old versions are refused`(version: Int32) async throws {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server()) { guests.receive($0) }
            let client = try BlockingTLSClient(address) { _ = dragoman_ssl_set_versions($0, version, version) }
            #expect(client.shakeHands() == "tlsv1 alert protocol version")
            #expect(await guests.next() == nil)
        }
    }

    @Test(arguments: ["ECDHE-ECDSA-AES128-SHA256", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-CCM"])
    func `suites without AEAD or forward secrecy are refused`(suite: String) async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { _ = EchoHandler($0) }
            let client = try BlockingTLSClient(address) {
                _ = dragoman_ssl_set_versions($0, TLS1_2_VERSION, TLS1_2_VERSION)
                SSL_CTX_set_cipher_list($0, suite)
            }
            #expect(client.shakeHands() == "sslv3 alert handshake failure")
        }
    }

    @Test func `TLS 1_2 is spoken, unless 1_3 is the minimum`() async throws {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server()) { guests.receive($0) }
            let client = try BlockingTLSClient(address) {
                _ = dragoman_ssl_set_versions($0, TLS1_2_VERSION, TLS1_2_VERSION)
            }
            #expect(client.shakeHands() == nil)
            #expect(await guests.next()?.version == .tls12)
            client.send([1, 2, 3])
            #expect(client.receive() == [1, 2, 3])
            client.end()
            let strict = try await workers[0].listen(try fixture.server { $0.minimum = .tls13 }) { guests.receive($0) }
            let old = try BlockingTLSClient(strict) {
                _ = dragoman_ssl_set_versions($0, TLS1_2_VERSION, TLS1_2_VERSION)
            }
            #expect(old.shakeHands() == "tlsv1 alert protocol version")
        }
    }

    @Test func `a handshake that takes too long is given up`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let (accepted, accept) = AsyncStream<Void>.makeStream()
            let address = try await workers[0].listen(try fixture.server { $0.handshakeTimeout = .seconds(3600) }) {
                _ = Recorder($0, log)
                accept.finish()
            }
            let client = BlockingClient(address)
            for await _ in accepted {}
            await workers[0].run { worker in
                let timers = worker.reactor.timers
                timers.advance(to: worker.reactor.now + .seconds(1800))
                #expect(timers.nextDeadline != nil)
                timers.advance(to: worker.reactor.now + .seconds(7200))
            }
            #expect(await log.all() == [.closed(.handshakeTimeout)])
            client.close()
        }
    }

    @Test func `a client that speaks plainly is told apart`() async throws {
        try await withWorkers { workers in
            let log = EventLog()
            let address = try await workers[0].listen(try fixture.server()) { _ = Recorder($0, log) }
            let client = BlockingClient(address)
            client.send(Array("GET / HTTP/1.1\r\n\r\n".utf8))
            let events = await log.all()
            guard case .closed(let error?)? = events.last else { return #expect(Bool(false), "\(events)") }
            #expect(events.count == 1)
            #expect(error.description == "handshake: http request")
            client.close()
        }
    }

    @Test func `a ClientHello cut anywhere is no connection`() async throws {
        try await withWorkers { workers in
            let hello = try ClientHello.bytes()
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server()) { guests.receive($0) }
            for count in 0..<hello.count {
                let client = BlockingClient(address)
                client.send(Array(hello[..<count]))
                client.end()
                #expect(await guests.next() == nil, "\(count) bytes")
                client.close()
            }
        }
    }

    @Test func `a ClientHello with any byte changed harms nobody`() async throws {
        try await withWorkers { workers in
            let hello = try ClientHello.bytes()
            let guests = TLSGuestBook()
            let address = try await workers[0].listen(try fixture.server()) { guests.receive($0) }
            for index in hello.indices {
                var damaged = hello
                damaged[index] ^= 0x80
                let client = BlockingClient(address)
                client.send(damaged)
                client.end()
                #expect(await guests.next() == nil, "byte \(index)")
                client.close()
            }
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a client that sends byte by byte is understood`(version: Int32) async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try fixture.server()) { _ = EchoHandler($0) }
            let client = try DribblingTLSClient(address, version: version)
            #expect(client.exchange(Array("drop by drop".utf8)) == Array("drop by drop".utf8))
        }
    }
}
