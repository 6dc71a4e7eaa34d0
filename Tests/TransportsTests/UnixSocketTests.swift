import Engine
import Glibc
import HTTP1
import Reactor
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct UnixSocketTests {
    @Test func `clients and services may be reached over unix sockets`() async throws {
        let folder = try #require(Self.temporaryFolder())
        defer { rmdir(folder) }
        let origin = Origin.answering { request in
            let told = "\(request.fields["host"] ?? "") \(request.fields["x-forwarded-for"] ?? "")"
            return "HTTP/1.1 200 OK\r\ncontent-length: \(told.utf8.count)\r\n\r\n\(told)"
        }
        try await withGateway(to: [Endpoint(origin)], on: .unix(path: folder + "/inner")) { inner in
            let endpoint = Endpoint(host: "unix:" + inner.path, port: 80)
            try await withGateway(to: [endpoint], on: .unix(path: folder + "/outer")) { outer in
                for _ in 0..<2 {
                    let response = outer.ask("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                    #expect(response?.body.text == "x 127.0.0.1")
                }
                #expect(await outer.run { $0.pools[0].open } == 1)
                #expect(origin.connections == 1)
            }
        }
    }

    @Test func `the limit of connections holds for unix sockets`() async throws {
        let folder = try #require(Self.temporaryFolder())
        defer { rmdir(folder) }
        let settings = ListenerSettings(connections: 1)
        let endpoint = Endpoint(host: "127.0.0.1", port: 1)
        try await withGateway(to: [endpoint], settings: settings, on: .unix(path: folder + "/s")) { gateway in
            let first = gateway.connect()
            let second = gateway.connect()
            #expect(second.readResponse()?.status == 503)
            _ = first
        }
    }

    private static func temporaryFolder() -> String? {
        var template = Array("/tmp/dragoman-XXXXXX".utf8CString)
        return mkdtemp(&template).map { String(cString: $0) }
    }
}
