import Engine
import Reactor
import Testing

@testable import Transports

/// The first bytes of a connection say which HTTP version it speaks; whoever leaves them unfinished is answered, too.
@Suite(.timeLimit(.minutes(1))) struct OpeningTests {
    private let origin = Origin.answering { _ in "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok" }
    private let impatient = ListenerSettings(headTimeout: .milliseconds(20), idleTimeout: .milliseconds(20))
    private static let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    @Test(arguments: 16..<24)
    func `what can no longer become the preface is answered at once`(cut: Int) async throws {
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send(Self.preface.utf8.prefix(cut) + Array("?".utf8))
            #expect(client.readResponse()?.status == 505)
            #expect(client.readToEnd() == "" && !client.wasReset)
        }
    }

    @Test(arguments: [
        ("P", 408), ("PRI * HTTP/2", 408), ("PRI * HTTP/2.0\r\n", 505), ("PRI * HTTP/2.0\r\n\r\nSM", 505),
    ])
    func `whoever stops within the preface is answered in HTTP/1`(prefix: String, status: Int) async throws {
        try await withGateway(to: [Endpoint(origin)], settings: impatient) { gateway in
            let client = gateway.connect()
            client.send(prefix)
            #expect(client.readResponse()?.status == status)
            #expect(client.readToEnd() == "" && !client.wasReset)
        }
    }

    @Test func `whoever ends within the preface is answered in HTTP/1`() async throws {
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            let client = gateway.connect()
            client.send("PRI * HTTP/2.0\r\n\r\n")
            client.end()
            #expect(client.readResponse()?.status == 505)
            #expect(client.readToEnd() == "" && !client.wasReset)
        }
    }

    @Test func `whoever says no more than the preface is told that the settings are late`() async throws {
        try await withGateway(to: [Endpoint(origin)], settings: impatient) { gateway in
            let client = gateway.connect()
            client.send(Self.preface)
            #expect(client.read(.max).suffix(17) == goAway(4))
            #expect(!client.wasReset)
        }
    }

    @Test func `an idle HTTP/2 client is told to go`() async throws {
        try await withGateway(to: [Endpoint(origin)], settings: impatient) { gateway in
            let client = gateway.connect()
            client.send(Array(Self.preface.utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0])
            #expect(client.read(.max).suffix(17) == goAway(0))
            #expect(!client.wasReset)
        }
    }

    /// GOAWAY without a stream.
    private func goAway(_ code: UInt8) -> [UInt8] {
        [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, code]
    }
}
