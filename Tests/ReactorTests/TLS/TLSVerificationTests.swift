import Buffers
import COpenSSL
import TestSupport
import Testing

@testable import Reactor

/// Who is believed: servers by our clients, clients by our servers.
@Suite(.timeLimit(.minutes(1))) struct TLSVerificationTests {
    let fixture: TLSFixture

    init() throws {
        fixture = try TLSFixture()
    }

    /// How the connection of `client` ends that closes as soon as it stands.
    private func outcome(
        _ server: TLSServerContext, _ client: TLSClientContext, serverName: String = "server.test"
    ) async throws -> [Event] {
        try await withWorkers { workers in
            let address = try await workers[0].listen(server) { _ = EchoHandler($0) }
            let log = EventLog()
            await workers[0].connect(to: address, client, log, serverName: serverName) { socket, event in
                if event == .connected { socket.write(Bytes("x")) }
                if case .received = event { socket.close() }
            }
            return await log.all()
        }
    }

    private let fine: [Event] = [.connected, .received([0x78]), .closed(nil)]

    @Test func `a certificate for another name is refused`() async throws {
        let events = try await outcome(try fixture.server(), try fixture.client(), serverName: "other.test")
        #expect(events == [.closed(.unverified(Int(X509_V_ERR_HOSTNAME_MISMATCH)))])
        #expect(
            ReactorError.unverified(Int(X509_V_ERR_HOSTNAME_MISMATCH)).description == "handshake: hostname mismatch")
    }

    @Test func `a name in the subject alone is no name`() async throws {
        let server = try fixture.server {
            $0.certificates = [try fixture.authority.issue(.init(commonName: "server.test", names: "DNS:x.test"))]
        }
        let events = try await outcome(server, try fixture.client())
        #expect(events == [.closed(.unverified(Int(X509_V_ERR_HOSTNAME_MISMATCH)))])
    }

    @Test(arguments: [("127.0.0.1", true), ("127.0.0.2", false), ("::1", true)])
    func `an address is looked for among the addresses`(name: String, isRight: Bool) async throws {
        let server = try fixture.server {
            $0.certificates = [try fixture.authority.issue(.init(names: "IP:127.0.0.1,IP:::1,DNS:127.0.0.2"))]
        }
        let events = try await outcome(server, try fixture.client(), serverName: name)
        #expect(events == (isRight ? fine : [.closed(.unverified(Int(X509_V_ERR_IP_ADDRESS_MISMATCH)))]))
    }

    @Test func `a certificate of an unknown authority is refused, also by the system's`() async throws {
        let stranger = try TestAuthority("Stranger")
        let server = try fixture.server { $0.certificates = [try stranger.issue("server.test")] }
        let unknown: [Event] = [.closed(.unverified(Int(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY)))]
        #expect(try await outcome(server, try fixture.client()) == unknown)
        #expect(try await outcome(server, try fixture.client { $0.authorities = nil }) == unknown)
    }

    @Test func `an expired certificate is refused, and one of tomorrow`() async throws {
        let expired = try fixture.server {
            $0.certificates = [try fixture.authority.issue(.init(begins: -7200, ends: -60))]
        }
        let early = try fixture.server {
            $0.certificates = [try fixture.authority.issue(.init(begins: 3600))]
        }
        #expect(
            try await outcome(expired, try fixture.client()) == [
                .closed(.unverified(Int(X509_V_ERR_CERT_HAS_EXPIRED)))
            ])
        #expect(
            try await outcome(early, try fixture.client()) == [
                .closed(.unverified(Int(X509_V_ERR_CERT_NOT_YET_VALID)))
            ])
    }

    @Test func `a chain is followed when it is shown`() async throws {
        let middle = try TestAuthority("Middle", parent: fixture.authority)
        let whole = try fixture.server { $0.certificates = [try middle.issue(.init(), through: [middle])] }
        #expect(try await outcome(whole, try fixture.client()) == fine)
        let partial = try fixture.server { $0.certificates = [try middle.issue()] }
        #expect(try await outcome(partial, try fixture.client()) != fine)
    }

    // MARK: Mutual TLS

    private func facts(
        required: Bool, depth: Int = 4, _ credential: TLSCredential?
    ) async throws -> (facts: TLSFacts?, stands: Bool) {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let server = try fixture.server {
                var clients = TLSClientVerification(authorities: fixture.authority.roots, isRequired: required)
                clients.maximumDepth = depth
                $0.clients = clients
            }
            let address = try await workers[0].listen(server) { guests.receive($0) }
            await workers[0].connect(to: address, try fixture.client { $0.credential = credential }, EventLog())
            let facts = await guests.next()
            return (facts, facts != nil)
        }
    }

    @Test func `a client's certificate is its identity`() async throws {
        let request = TestAuthority.Request(
            commonName: "alice", names: "URI:spiffe://test/alice,email:alice@test,DNS:alice.test,IP:192.0.2.7")
        let peer = try await facts(required: true, try fixture.authority.issue(request)).facts?.peer
        #expect(peer?.subject == "CN=alice,O=Example")
        #expect(peer?.issuer == "CN=Test Authority,O=Example")
        #expect(peer?.uris == ["spiffe://test/alice"])
        #expect(peer?.emails == ["alice@test"])
        #expect(peer?.dnsNames == ["alice.test"])
        #expect(peer?.addresses == [.v4(0xC000_0207)])
    }

    @Test func `without a certificate a client is let in only where none is required`() async throws {
        #expect(try await facts(required: true, nil).stands == false)
        let guest = try await facts(required: false, nil)
        #expect(guest.stands)
        #expect(guest.facts?.peer == nil)
    }

    @Test(arguments: [true, false])
    func `a certificate of a wrong authority is refused everywhere`(required: Bool) async throws {
        let stranger = try TestAuthority("Stranger").issue("alice.test")
        #expect(try await facts(required: required, stranger).stands == false)
        let expired = try fixture.authority.issue(.init(begins: -7200, ends: -60))
        #expect(try await facts(required: required, expired).stands == false)
    }

    @Test func `a chain that is too long is refused`() async throws {
        let first = try TestAuthority("First", parent: fixture.authority)
        let second = try TestAuthority("Second", parent: first)
        let alice = try second.issue(.init(commonName: "alice"), through: [second, first])
        #expect(try await facts(required: true, depth: 2, alice).stands)
        #expect(try await facts(required: true, depth: 1, alice).stands == false)
    }

    @Test func `the client hears why it was refused`() async throws {
        let server = try fixture.server {
            $0.clients = TLSClientVerification(authorities: fixture.authority.roots)
        }
        // By TLS 1.3 a client believes that it stands until the refusal comes.
        let events = try await outcome(server, try fixture.client())
        guard case .closed(let error?)? = events.last else { return #expect(Bool(false), "\(events)") }
        #expect(error.description == "tls: tlsv13 alert certificate required")
    }
}
