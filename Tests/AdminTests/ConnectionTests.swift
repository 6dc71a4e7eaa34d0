import Engine
import HTTP
import Testing

/// What is told of sockets, and how they are closed.
@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    @Test func `a socket is told with all that is known`() async throws {
        try await withOffices(2) { offices in
            let id = await offices.socket(on: 1, user: "ada")
            _ = await offices.ask(.put, "/groups/b/connections/\(id)")
            _ = await offices.ask(.put, "/groups/a/connections/\(id)")
            _ = await offices.ask(.post, "/connections/\(id)", [], "abc")
            await offices.with(id) { $0.facts.queuedBytes = 5 }
            let answer = await offices.ask(.get, "/connections/\(id)")
            let told =
                #"{"id":"\#(id)","state":"open","since":"2026-09-21T14:13:20.000Z","route":"routes[0]","#
                + #""remote":"192.0.2.7","user":"ada","groups":["a","b"],"received":{"messages":0,"bytes":0},"#
                + #""sent":{"messages":1,"bytes":5},"queued":5}"#
            #expect(answer.body == told)
            let head = await offices.ask(.head, "/connections/\(id)")
            #expect(head.status == 200 && head.body.isEmpty)
        }
    }

    @Test func `the list counts all and shows some`() async throws {
        try await withOffices(2) { offices in
            #expect(await offices.ask(.get, "/connections").body == #"{"count":0,"connections":[]}"#)
            var ids: Set<String> = []
            for number in 0..<6 { ids.insert(await offices.socket(on: number % 2)) }
            let all = await offices.ask(.get, "/connections", on: 1).body
            #expect(all.hasPrefix(#"{"count":6,"#))
            #expect(Set(all.matches(of: /"id":"([0-9A-F]+)"/).map { String($0.1) }) == ids)
            let some = await offices.ask(.get, "/connections?limit=4").body
            #expect(some.hasPrefix(#"{"count":6,"#) && some.matches(of: /"id":/).count == 4)
            for limit in ["0", "1001", "-1", "x", ""] {
                let answer = await offices.ask(.get, "/connections?limit=\(limit)")
                #expect(answer.status == 400 && answer.reason == "request.parameter")
            }
        }
    }

    @Test(
        arguments: [
            (nil, 1000), ("1000", 1000), ("1001", 1001), ("1003", 1003), ("1007", 1007), ("1014", 1014), ("3000", 3000),
            ("4999", 4999),
        ] as [(String?, Int)])
    func `a socket is closed with a code that may be sent`(code: String?, wanted: Int) async throws {
        try await withOffices(2) { offices in
            let id = await offices.socket(on: 1)
            let query = code.map { "?code=\($0)&reason=bye+b%C3%BCye" } ?? ""
            let answer = await offices.ask(.delete, "/connections/\(id)\(query)")
            #expect(answer.status == 204 && answer.body.isEmpty)
            #expect(await offices.with(id, \.heard) == ["close \(wanted) \(code == nil ? "" : "bye büye")"])
            #expect(await offices.ask(.delete, "/connections/\(id)").status == 410)
        }
    }

    @Test(arguments: [
        "code=999", "code=1004", "code=1005", "code=1006", "code=1015", "code=2999", "code=5000", "code=-1", "code=x",
        "code=", "code=70000", "reason=" + String(repeating: "x", count: 124),
        "reason=" + String(repeating: "%C3%BC", count: 62),
    ])
    func `with no other`(query: String) async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0, user: "u")
            for path in ["/connections/\(id)", "/users/u"] {
                let answer = await offices.ask(.delete, "\(path)?\(query)")
                #expect(answer.status == 400 && answer.reason == "request.parameter")
            }
            #expect(await offices.with(id, \.heard) == [])
        }
    }

    @Test func `a parameter that means nothing, and text that cannot be read, are refused`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0)
            #expect(await offices.ask(.post, "/connections/\(id)?wiat=written").reason == "request.unknown_parameter")
            #expect(await offices.ask(.delete, "/connections/\(id)?reason=%FF").reason == "request.encoding")
            #expect(await offices.ask(.get, "/groups/%FF").reason == "request.encoding")
        }
    }
}
