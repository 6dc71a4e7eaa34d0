import Buffers
import TestSupport
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(1))) struct TLSReloadTests {
    @Test func `new connections get the new certificate, old ones live on with theirs`() async throws {
        let fixture = try TLSFixture()
        try await withWorkers { workers in
            let first = try fixture.server()
            let address = try await workers[0].run { worker in
                var options = ListenOptions()
                options.tls = first
                let listener = try worker.reactor.listen(on: .anyLoopbackPort, options) { _ = EchoHandler($0) }
                worker.reactor[Listener.self] = listener
                return listener.address
            }
            let old = try BlockingTLSClient(address)
            #expect(old.shakeHands() == nil)
            let next = try fixture.server {
                $0.certificates = [try fixture.authority.issue(.init(commonName: "renewed"))]
                $0.tickets = first.tickets
            }
            await workers[0].run { $0.reactor[Listener.self]?.tls = next }
            let isNext = await workers[0].run { $0.reactor[Listener.self]?.tls === next }
            #expect(isNext)
            let new = try BlockingTLSClient(address)
            #expect(new.shakeHands() == nil)
            #expect(new.serverSubject == "CN=renewed,O=Example")
            old.send([1, 2])
            #expect(old.receive() == [1, 2])
            #expect(old.serverSubject == "CN=server.test,O=Example")
        }
    }

    @Test func `a context that cannot be made leaves the old one in place`() throws {
        let fixture = try TLSFixture()
        var settings = TLSServerSettings(certificates: [try fixture.authority.issue()])
        _ = try TLSServerContext(settings)
        settings.certificates[0].key = .file("/nonexistent/key.pem")
        #expect(throws: TLSError(file: "/nonexistent/key.pem", reason: "No such file or directory")) {
            try TLSServerContext(settings)
        }
    }
}
