import Engine
import HTTP
import Testing

/// Groups and users, whose sockets are on several workers.
@Suite(.timeLimit(.minutes(1))) struct AudienceTests {
    @Test func `a group gets a message, wherever its members are`() async throws {
        try await withOffices(3) { offices in
            var ids: [String] = []
            for worker in 0..<3 { ids.append(await offices.socket(on: worker)) }
            for id in ids.dropLast() {
                #expect(await offices.ask(.put, "/groups/n%20%C3%BC/connections/\(id)", on: 2).status == 204)
            }
            #expect(await offices.ask(.get, "/groups/n%20%C3%BC").body == #"{"group":"n ü","connections":2}"#)
            let answer = await offices.ask(.post, "/groups/n%20%C3%BC", [("content-type", "text/plain")], "hi", on: 1)
            #expect(answer.status == 202)
            #expect(answer.body == #"{"group":"n ü","connections":2,"sent":2,"refused":0}"#)
            var heard: [[String]?] = []
            for id in ids { heard.append(await offices.with(id, \.heard)) }
            #expect(heard == [["text hi"], ["text hi"], []])
        }
    }

    @Test func `members with no room for a message are counted`() async throws {
        try await withOffices(2) { offices in
            for worker in [0, 1, 1] {
                let id = await offices.socket(on: worker)
                _ = await offices.ask(.put, "/groups/g/connections/\(id)")
                if worker == 0 { await offices.with(id) { $0.room = 0 } }
            }
            let answer = await offices.ask(.post, "/groups/g", [], "x")
            #expect(answer.body == #"{"group":"g","connections":3,"sent":2,"refused":1}"#)
        }
    }

    @Test func `joining and leaving twice is once`() async throws {
        try await withOffices(2) { offices in
            let id = await offices.socket(on: 1)
            for (method, count) in [(HTTPMethod.put, 1), (.put, 1), (.delete, 0), (.delete, 0)] {
                #expect(await offices.ask(method, "/groups/g/connections/\(id)").status == 204)
                #expect(await offices.ask(.get, "/groups/g").body == #"{"group":"g","connections":\#(count)}"#)
            }
        }
    }

    @Test func `a socket may join while it is being opened, and not when it is over`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0, stage: .opening)
            #expect(await offices.ask(.put, "/groups/g/connections/\(id)").status == 204)
            #expect(await offices.ask(.get, "/groups/g").body.hasSuffix(#""connections":0}"#))
            await offices.with(id) { $0.stage = .open }
            #expect(await offices.ask(.get, "/groups/g").body.hasSuffix(#""connections":1}"#))
            await offices.end(id, code: 1000)
            #expect(await offices.ask(.get, "/groups/g").body.hasSuffix(#""connections":0}"#))
            #expect(await offices.ask(.put, "/groups/g/connections/\(id)").status == 410)
            #expect(await offices.ask(.put, "/groups/g/connections/x").status == 404)
        }
    }

    @Test func `a user is all of the user's sockets`() async throws {
        try await withOffices(2) { offices in
            let ids = [await offices.socket(on: 0, user: "ada"), await offices.socket(on: 1, user: "ada")]
            let other = await offices.socket(on: 1, user: "bob")
            #expect(await offices.ask(.get, "/users/ada").body == #"{"user":"ada","connections":2}"#)
            #expect(await offices.ask(.post, "/users/ada", [], "x").status == 202)
            let closed = await offices.ask(.delete, "/users/ada?code=4000&reason=moved")
            #expect(closed.body == #"{"user":"ada","connections":2}"# && closed.status == 200)
            for id in ids { #expect(await offices.with(id, \.heard) == ["binary [120]", "close 4000 moved"]) }
            #expect(await offices.with(other, \.heard) == [])
        }
    }

    @Test func `a message that no socket takes is refused, and text must be text`() async throws {
        try await withOffices(messageBytes: 10) { offices in
            #expect(await offices.ask(.post, "/groups/g", [], "12345678901").status == 413)
            let answer = await offices.ask(.post, "/users/u", [("content-type", "text/plain")], bytes: [0xC3])
            #expect(answer.reason == "request.not_text")
        }
    }
}
