import Admin
import Engine
import HTTP
import Reactor
import Testing

/// Who may ask.
@Suite(.timeLimit(.minutes(1))) struct AccessTests {
    @Test func `with a token nothing is told to those who do not show it`() async throws {
        try await withOffices(token: "s3cret") { offices in
            let id = await offices.socket(on: 0)
            for (method, path) in [
                (HTTPMethod.get, "/livez"), (.get, "/readyz"), (.get, "/connections/\(id)"),
                (.post, "/connections/\(id)"),
                (.get, "/nothing"), (.post, "/livez"), (.get, "/.."),
            ] {
                let answer = await offices.ask(method, path)
                #expect(answer.status == 401 && answer.reason == "admin.no_token")
                #expect(answer.headers["www-authenticate"] == #"Bearer realm="admin""#)
            }
            #expect(await offices.with(id, \.heard) == [])
        }
    }

    @Test(
        arguments: [
            ("Bearer s3cret", 200, nil), ("bearer  s3cret", 200, nil), ("Bearer s3cre", 401, "admin.wrong_token"),
            ("Bearer s3crets", 401, "admin.wrong_token"), ("Bearer S3CRET", 401, "admin.wrong_token"),
            ("Basic s3cret", 401, "admin.no_token"), ("s3cret", 401, "admin.no_token"),
            ("Bearer", 401, "admin.no_token"),
            ("", 401, "admin.no_token"),
        ] as [(String, Int, String?)])
    func `the token is shown as a bearer's`(field: String, status: Int, reason: String?) async throws {
        try await withOffices(token: "s3cret") { offices in
            // With a token the host may be any, as behind a proxy.
            let answer = await offices.ask(.get, "/livez", [("authorization", field)], host: "admin.example")
            #expect(answer.status == status && answer.reason == reason)
        }
    }

    @Test(arguments: [
        ("localhost", 200), ("LOCALHOST:9901", 200), ("localhost.:80", 200), ("127.0.0.1:9901", 200),
        ("127.9.9.9", 200),
        ("[::1]:9901", 200), ("[::1]", 200), ("", 200), ("evil.example:9901", 421), ("localhost.evil.example", 421),
        ("192.0.2.1", 421), ("[2001:db8::1]", 421), ("127.0.0.1.evil.example", 421), ("0.0.0.0:9901", 421),
    ])
    func `without a token only names of this machine lead here`(host: String, status: Int) async throws {
        try await withOffices { offices in
            let answer = await offices.ask(.get, "/livez", host: host)
            #expect(answer.status == status && answer.reason == (status == 200 ? nil : "admin.host"))
        }
    }

    @Test(arguments: [
        ("http://localhost:9901", 202), ("http://evil.example", 403), ("null", 403), ("http://localhost", 403),
        ("https://localhost:9901", 403),
    ])
    func `without a token no page of another may push`(origin: String, status: Int) async throws {
        try await withOffices { offices in
            let answer = await offices.ask(.post, "/groups/g", [("origin", origin)], "x")
            #expect(answer.status == status && answer.reason == (status == 403 ? "admin.origin" : nil))
        }
    }

    @Test func `a unix socket is nothing that a browser reaches`() async throws {
        try await withOffices(isUnixSocket: true) { offices in
            #expect(await offices.ask(.get, "/livez", host: "gateway").status == 200)
        }
    }

    // MARK: Health

    @Test func `the gateway is alive, and ready until it drains`() async throws {
        try await withOffices(2) { offices in
            #expect(await offices.ask(.get, "/livez").body == "alive\n")
            #expect(await offices.ask(.get, "/readyz").body == "ready\n")
            await offices.on(0) { $0.target.isDraining = true }
            let answer = await offices.ask(.get, "/readyz")
            #expect(answer.status == 503 && answer.reason == "admin.draining")
            #expect(await offices.ask(.get, "/livez").status == 200)
            #expect(await offices.ask(.get, "/readyz", on: 1).status == 200)
        }
    }

    @Test func `a worker that has ended has no sockets`() async throws {
        try await withOffices(2) { offices in
            let id = await offices.socket(on: 1)
            _ = await offices.socket(on: 0)
            await offices.workers[1].stop()
            let answer = await offices.ask(.post, "/connections/\(id)")
            #expect(answer.status == 503 && answer.reason == "admin.draining")
            #expect(await offices.ask(.get, "/connections").body.hasPrefix(#"{"count":1,"#))
        }
    }

    @Test func `there is nothing else`() async throws {
        try await withOffices { offices in
            #expect(await offices.ask(.get, "/").status == 404)
            let answer = await offices.ask(.post, "/livez")
            #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD")
            #expect(await offices.ask(.options, "/groups/g").headers["allow"] == "GET, POST, HEAD")
        }
    }
}
