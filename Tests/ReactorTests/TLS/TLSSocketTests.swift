import Buffers
import Reactor
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSSocketTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    func server(_ change: (inout TLSServerSettings) -> Void = { _ in }) throws -> TLSServerContext {
        var settings = TLSServerSettings(certificates: [try authority.issue("server.test")])
        change(&settings)
        return try TLSServerContext(settings)
    }

    func client(_ change: (inout TLSClientSettings) -> Void = { _ in }) throws -> TLSClientContext {
        var settings = TLSClientSettings()
        settings.authorities = authority.roots
        change(&settings)
        return try TLSClientContext(settings)
    }

    @Test func `what is written arrives, both ways, and both ends end in order`() async throws {
        try await withWorkers { workers in
            let address = try await workers[0].listen(try server()) { _ = EchoHandler($0) }
            let log = EventLog()
            await workers[0].connect(to: address, try client(), log) { socket, event in
                if event == .connected { socket.write(Bytes("hello")) }
                if case .received = event { socket.shutdownWrite() }
            }
            #expect(await log.all() == [.connected, .received(Array("hello".utf8)), .receivedEnd, .closed(nil)])
        }
    }
}
