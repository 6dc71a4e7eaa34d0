import Buffers
import Reactor
import TestSupport

/// An authority, and contexts that know it.
struct TLSFixture {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    /// A context for "server.test".
    func server(_ change: (inout TLSServerSettings) throws -> Void = { _ in }) throws -> TLSServerContext {
        var settings = TLSServerSettings(certificates: [try authority.issue("server.test")])
        try change(&settings)
        return try TLSServerContext(settings)
    }

    func client(_ change: (inout TLSClientSettings) throws -> Void = { _ in }) throws -> TLSClientContext {
        var settings = TLSClientSettings()
        settings.authorities = authority.roots
        try change(&settings)
        return try TLSClientContext(settings)
    }
}

/// What an end was told by `connected`.
struct TLSFacts: Equatable, Sendable {
    var version: TLSVersion
    var applicationProtocol: String?
    var serverName: String?
    var peer: Certificate?
    var isResumed: Bool

    init?(_ tls: TLSConnection?) {
        guard let tls else { return nil }
        version = tls.version
        applicationProtocol = tls.applicationProtocol
        serverName = tls.serverName
        peer = tls.peerCertificate
        isResumed = tls.isResumed
    }
}

/// The facts of the connections that a listener has accepted, in their order.
final class TLSGuestBook: Sendable {
    private let facts: AsyncStream<TLSFacts?>
    private let guest: AsyncStream<TLSFacts?>.Continuation

    init() {
        (facts, guest) = AsyncStream.makeStream()
    }

    /// Echoes to everybody, and writes down who stands and, as nil, who has failed before.
    func receive(_ socket: Socket) {
        var stands = false
        _ = Recorder(socket, EventLog()) { [guest] socket, event in
            switch event {
            case .connected:
                stands = true
                guest.yield(TLSFacts(socket.tls))
            case .received(let bytes): socket.write(Bytes(bytes))
            case .receivedEnd: socket.close()
            case .closed: if !stands { guest.yield(nil) }
            case .drained: break
            }
        }
    }

    func next() async -> TLSFacts? {
        for await facts in facts { return facts }
        return nil
    }
}
