import Engine
import HTTP1
import Reactor
import Relay
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct HeaderTests {
    /// What the service receives for `request`.
    private func received(
        _ request: String, endpoint: (Origin) -> Endpoint = { Endpoint($0) }
    ) async throws -> (line: String, fields: Fields, response: Response?) {
        let mailbox = Mailbox()
        let origin = Origin { _, peer, _ in
            guard let head = peer.readHead() else { return }
            mailbox.put(head)
            peer.send(
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: x-hop\r\nx-hop: 1\r\nkeep-alive: timeout=5\r\n"
                    + "x-end: 2\r\nx-request-id: theirs\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\n")
        }
        var response: Response?
        try await withGateway(to: [endpoint(origin)]) { gateway in response = gateway.ask(request) }
        let head = try #require(mailbox.take())
        return (String(head.prefix { $0 != "\r\n" }), Fields(head), response)
    }

    @Test func `a request says where it comes from`() async throws {
        let (line, fields, _) = try await received(
            "GET /a?b=c HTTP/1.1\r\nhost: example.org:99\r\nx-forwarded-for: 1.2.3.4\r\nx-forwarded-for: 5.6.7.8\r\n"
                + "forwarded: for=1.2.3.4\r\nx-real-ip: 1.2.3.4\r\nx-forwarded-proto: https\r\nx-forwarded-host: evil\r\n"
                + "x-forwarded-port: 1\r\nvia: 1.0 fred\r\n\r\n")
        #expect(line == "GET /a?b=c HTTP/1.1")
        #expect(fields.all("host") == ["example.org:99"])
        #expect(fields.all("x-forwarded-for") == ["127.0.0.1"] && fields.all("x-forwarded-proto") == ["http"])
        #expect(fields.all("x-forwarded-host") == ["example.org:99"] && fields.all("x-forwarded-port").isEmpty)
        #expect(fields["forwarded"] == nil && fields["x-real-ip"] == nil)
        #expect(fields.all("via") == ["1.0 fred", "1.1 dragoman"])
        #expect(fields["x-request-id"]?.utf8.count == 32)
    }

    @Test func `what concerns one hop goes no further, and nothing else can be taken away`() async throws {
        let (_, fields, response) = try await received(
            "GET / HTTP/1.1\r\nhost: x\r\nconnection: x-hop, x-forwarded-for, authorization, cookie, via, x-request-id\r\n"
                + "x-hop: 1\r\nauthorization: Basic eA==\r\ncookie: a=b\r\nte: trailers\r\nkeep-alive: 5\r\n"
                + "proxy-connection: keep-alive\r\nupgrade: h2c\r\nhttp2-settings: AA\r\nx-end: 2\r\n\r\n")
        for name in ["connection", "x-hop", "te", "keep-alive", "proxy-connection", "upgrade", "http2-settings"] {
            #expect(fields[name] == nil, "\(name)")
        }
        #expect(fields["authorization"] == "Basic eA==" && fields["cookie"] == "a=b" && fields["x-end"] == "2")
        #expect(fields.all("x-forwarded-for") == ["127.0.0.1"] && fields["via"] != nil && fields["x-request-id"] != nil)

        let answer = try #require(response?.fields)
        #expect(answer["x-hop"] == nil && answer["keep-alive"] == nil && answer["connection"] == nil)
        #expect(answer["x-end"] == "2" && answer.all("set-cookie") == ["a=1", "b=2"])
        #expect(answer.all("x-request-id") == [try #require(fields["x-request-id"])])
        #expect(answer.all("via") == ["1.1 dragoman"] && answer.all("date").count == 1)
    }

    @Test func `an absolute target names the host`() async throws {
        let (line, fields, _) = try await received("GET http://example.org/a?b HTTP/1.1\r\nhost: example.org\r\n\r\n")
        #expect(line == "GET /a?b HTTP/1.1" && fields.all("host") == ["example.org"])
        try await withGateway(to: [Endpoint(host: "127.0.0.1", port: 1)]) { gateway in
            #expect(gateway.ask("GET http://a.example/ HTTP/1.1\r\nhost: b.example\r\n\r\n")?.status == 400)
        }
    }

    @Test func `path and query of the endpoint stand before those of the request`() async throws {
        let (line, _, _) = try await received("GET /a?b=c HTTP/1.1\r\nhost: x\r\n\r\n") {
            Endpoint(host: "127.0.0.1", port: $0.port, path: "/base?key=1")
        }
        #expect(line == "GET /base/a?key=1&b=c HTTP/1.1")
    }

    @Test func `the date of the service is kept`() async throws {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        let origin = Origin.answering { _ in "HTTP/1.1 200 OK\r\ndate: \(date)\r\ncontent-length: 0\r\n\r\n" }
        try await withGateway(to: [Endpoint(origin)]) { gateway in
            #expect(gateway.ask("GET / HTTP/1.1\r\nhost: x\r\n\r\n")?.fields.all("date") == [date])
        }
    }

    @Test func `a route may rewrite path and fields`() async throws {
        let origin = Origin { origin, peer, _ in
            origin.note(peer.readHead() ?? "")
            peer.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-gone: 1\r\n\r\n")
        }
        let pattern = PathPattern("/v1/:user/**")
        let rules = RelayRules(
            path: TargetTemplate(PathPattern("/users/:user/all/**"), capturesOf: pattern), set: [("x-set", "new")],
            remove: ["x-gone"])
        let factory = RelayFactory(rules: rules, failures: PlainFailures())
        let route = Route(
            name: "r", match: RouteMatch(path: pattern),
            action: .call(face: factory, translator: factory, upstream: 0), limits: RouteLimits())
        let plan = Plan(
            routes: [route], upstreams: [Upstream(name: "u", endpoints: [Endpoint(origin)])], failures: PlainFailures())
        try await withGateway(plan: plan) { gateway in
            let response = gateway.ask(
                "GET /v1/ann/b//c?q=1 HTTP/1.1\r\nhost: x\r\nx-set: old\r\nx-set: older\r\nx-gone: 1\r\n\r\n")
            #expect(response?.status == 200 && response?.fields["x-gone"] == nil)
            let head = try #require(origin.notes.first)
            #expect(head.hasPrefix("GET /users/ann/all/b/c?q=1 HTTP/1.1\r\n"))
            #expect(Fields(head).all("x-set") == ["new"] && Fields(head)["x-gone"] == nil)
        }
    }
}
