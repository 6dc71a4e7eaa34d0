import Buffers
import COpenSSL
import TestSupport
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct TLSResumptionTests {
    let fixture: TLSFixture

    init() throws {
        fixture = try TLSFixture()
    }

    /// What a listener sees of a client's second connection, for which it has another context than for the first.
    private func second(
        _ first: TLSServerContext, _ next: TLSServerContext, _ client: TLSClientContext
    ) async throws -> TLSFacts? {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let address = try await workers[0].run { worker in
                var options = ListenOptions()
                options.tls = first
                let listener = try worker.reactor.listen(on: .anyLoopbackPort, options) { guests.receive($0) }
                worker.reactor[Listener.self] = listener
                return listener.address
            }
            #expect(await visit(workers[0], address, client) == false)
            _ = await guests.next()
            await workers[0].run { $0.reactor[Listener.self]?.tls = next }
            let isResumed = await visit(workers[0], address, client)
            let facts = await guests.next()
            #expect(facts?.isResumed == isResumed)
            return facts
        }
    }

    /// Connects, says something, reads the answer (tickets come before it) and leaves.
    private func visit(_ worker: Worker, _ address: SocketAddress, _ client: TLSClientContext) async -> Bool {
        let log = EventLog()
        let (answers, answer) = AsyncStream<Bool>.makeStream()
        await worker.connect(to: address, client, log) { socket, event in
            if event == .connected {
                answer.yield(socket.tls?.isResumed ?? false)
                socket.write(Bytes("x"))
            }
            if case .received = event { socket.close() }
        }
        _ = await log.all()
        answer.finish()
        for await answer in answers { return answer }
        return false
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `a client resumes its session`(version: TLSVersion) async throws {
        let server = try fixture.server()
        let client = try fixture.client { $0.maximum = version }
        let facts = try await second(server, server, client)
        #expect(facts?.version == version)
        #expect(facts?.isResumed == true)
    }

    @Test func `a session outlives a reload that hands the ticket keys on`() async throws {
        let server = try fixture.server()
        let next = try fixture.server { $0.tickets = server.tickets }
        #expect(try await second(server, next, try fixture.client())?.isResumed == true)
        #expect(try await second(server, try fixture.server(), try fixture.client())?.isResumed == false)
    }

    @Test func `a resumed session keeps its client's identity`() async throws {
        let server = try fixture.server {
            $0.clients = TLSClientVerification(authorities: fixture.authority.roots)
        }
        let client = try fixture.client { $0.credential = try fixture.authority.issue(.init(commonName: "alice")) }
        let facts = try await second(server, server, client)
        #expect(facts?.isResumed == true)
        #expect(facts?.peer?.subject == "CN=alice,O=Example")
    }

    @Test func `a session is not resumed on another listener, nor past other rules for clients`() async throws {
        let tickets = TLSTicketKeys()
        func server(_ scope: String, _ clients: TLSClientVerification?) throws -> TLSServerContext {
            try fixture.server { ($0.tickets, $0.sessionScope, $0.clients) = (tickets, scope, clients) }
        }
        let verified = TLSClientVerification(authorities: fixture.authority.roots, isRequired: false)
        let others = TLSClientVerification(authorities: try TestAuthority("Others").roots, isRequired: false)
        let open = try server("a", nil)
        #expect(try await second(open, try server("a", nil), try fixture.client())?.isResumed == true)
        #expect(try await second(open, try server("b", nil), try fixture.client())?.isResumed == false)
        #expect(try await second(open, try server("a", verified), try fixture.client())?.isResumed == false)
        let strict = try server("a", verified)
        #expect(try await second(strict, try server("a", others), try fixture.client())?.isResumed == false)
    }

    @Test func `sessions of one server name are not offered to another`() async throws {
        try await withWorkers { workers in
            let guests = TLSGuestBook()
            let context = try fixture.server { $0.certificates = [try fixture.authority.issue("a.test", "b.test")] }
            let address = try await workers[0].listen(context) { guests.receive($0) }
            let client = try fixture.client()
            for name in ["a.test", "b.test"] {
                let log = EventLog()
                await workers[0].connect(to: address, client, log, serverName: name) { socket, event in
                    if event == .connected { socket.write(Bytes("x")) }
                    if case .received = event { socket.close() }
                }
                _ = await log.all()
                let facts = await guests.next()
                #expect(facts?.serverName == name)
                #expect(facts?.isResumed == false)
            }
        }
    }
}
