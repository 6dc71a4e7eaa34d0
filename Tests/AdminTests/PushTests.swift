import Engine
import HTTP
import Testing

/// Messages to one socket.
@Suite(.timeLimit(.minutes(1))) struct PushTests {
    @Test func `a message goes as the text or the bytes that its type says`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0)
            let types = [
                "text/plain", "text/html; charset=utf-8", "application/json", "application/problem+json", "image/png",
                "",
            ]
            for type in types {
                let answer = await offices.ask(
                    .post, "/connections/\(id)", type.isEmpty ? [] : [("content-type", type)], "ü")
                #expect(answer.status == 202)
            }
            let heard = await offices.with(id, \.heard)
            #expect(
                heard == [String](repeating: "text ü", count: 4) + [String](repeating: "binary [195, 188]", count: 2))
        }
    }

    @Test func `a delivery has the number of the message on its socket`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0)
            for number in 1...3 {
                let answer = await offices.ask(.post, "/connections/\(id)", [("content-type", "text/plain")], "x")
                #expect(answer.body == #"{"connection":"\#(id)","delivery":\#(number)}"#)
                #expect(answer.headers["content-type"] == "application/json")
            }
        }
    }

    @Test func `what is said to be text is UTF-8`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0)
            let answer = await offices.ask(
                .post, "/connections/\(id)", [("content-type", "application/json")], bytes: [0x22, 0xFF, 0x22])
            #expect(answer.status == 400 && answer.reason == "request.not_text")
            let zipped = await offices.ask(.post, "/connections/\(id)", [("content-encoding", "gzip")], "x")
            #expect(zipped.status == 415)
            #expect(await offices.with(id, \.heard) == [])
        }
    }

    @Test func `names that are made up, of another process, or of nobody are unknown`() async throws {
        try await withOffices { offices in
            let open = await offices.socket(on: 0)
            let forged = String(open.dropLast()) + (open.last == "0" ? "1" : "0")
            let foreign = SocketID(worker: 0, random: [UInt8](repeating: 1, count: 16), key: SocketKey()).text
            let nobody = SocketID(worker: 0, random: [UInt8](repeating: 1, count: 16), key: offices.key).text
            let nowhere = SocketID(worker: 7, random: [UInt8](repeating: 1, count: 16), key: offices.key).text
            for id in [forged, foreign, nobody, nowhere, "x", "%00"] {
                for method in [HTTPMethod.post, .get, .delete] {
                    let answer = await offices.ask(method, "/connections/\(id)")
                    #expect(answer.status == (id == "%00" ? 400 : 404))
                    if id != "%00" { #expect(answer.reason == "websocket.unknown") }
                }
            }
        }
    }

    @Test func `a socket that is being opened is asked for again, and never said to be gone`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0, stage: .opening)
            for method in [HTTPMethod.post, .delete] {
                let answer = await offices.ask(method, "/connections/\(id)")
                #expect(answer.status == 409 && answer.reason == "websocket.connecting")
                #expect(answer.headers["retry-after"] == "1")
            }
            #expect(await offices.ask(.get, "/connections/\(id)").body.contains(#""state":"connecting""#))
            await offices.with(id) { $0.stage = .open }
            #expect(await offices.ask(.post, "/connections/\(id)").status == 202)
        }
    }

    @Test func `a socket that is over is gone, since when and with which code`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0)
            await offices.end(id, code: 1001)
            for path in ["/connections/\(id)", "/@connections/\(id)"] {
                for method in [HTTPMethod.post, .get, .delete] {
                    let answer = await offices.ask(method, path)
                    #expect(answer.status == 410 && answer.reason == "websocket.gone")
                    #expect(answer.body.contains(#""closedAt":"2026-09-21T14:14:20.000Z","closeCode":1001,"#))
                }
            }
        }
    }

    @Test func `a socket that is closing is gone already`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0, stage: .closing(code: 4001))
            let answer = await offices.ask(.post, "/connections/\(id)")
            #expect(answer.status == 410 && answer.body.contains(#""closeCode":4001"#))
        }
    }

    @Test func `a client that reads too slowly gets no more`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0)
            await offices.with(id) { $0.room = 1 }
            #expect(await offices.ask(.post, "/connections/\(id)").status == 202)
            let answer = await offices.ask(.post, "/connections/\(id)")
            #expect(answer.status == 429 && answer.reason == "websocket.full")
            #expect(answer.headers["retry-after"] == "1")
        }
    }

    @Test func `no message is longer than its socket takes`() async throws {
        try await withOffices(messageBytes: 2000) { offices in
            let id = await offices.socket(on: 0)
            for (length, status) in [(1000, 202), (1001, 413), (2000, 413), (2001, 413)] {
                let answer = await offices.ask(
                    .post, "/connections/\(id)", [], String(repeating: "x", count: length))
                #expect(answer.status == status)
                if status == 413 { #expect(answer.reason == "body.too_large") }
            }
            #expect(await offices.ask(.get, "/connections/\(id)", [], "x").status == 413)
        }
    }

    @Test(arguments: [true, false])
    func `an answer can wait until the client's connection has the message`(isWritten: Bool) async throws {
        try await withOffices(2) { offices in
            let id = await offices.socket(on: 1)
            await offices.with(id) { $0.isFast = false }
            async let answer = offices.ask(.post, "/connections/\(id)?wait=written")
            while await offices.with(id, \.isAwaited) != true { await Task.yield() }
            if !isWritten { await offices.end(id, code: 1006) }
            await offices.with(id) { $0.finishWriting(isWritten) }
            #expect(await answer.status == (isWritten ? 200 : 410))
            #expect(await offices.ask(.post, "/connections/\(id)?wait=x").status == 400)
        }
    }

    @Test func `AWS's address answers as AWS does`() async throws {
        try await withOffices { offices in
            let id = await offices.socket(on: 0)
            let octets = [("content-type", "application/octet-stream")]
            #expect(await offices.ask(.post, "/@connections/\(id)", octets, "ü").status == 200)
            #expect(await offices.ask(.post, "/@connections/\(id)", octets, bytes: [0xFF]).status == 200)
            #expect(await offices.with(id, \.heard) == ["text ü", "binary [255]"])
            let shown = await offices.ask(.get, "/@connections/\(id)")
            #expect(shown.status == 200)
            #expect(
                shown.body.hasSuffix(#""connectedAt":"2026-09-21T14:13:20.000Z","identity":{"sourceIp":"192.0.2.7"}}"#))
            let closed = await offices.ask(.delete, "/@connections/\(id)")
            #expect(closed.status == 204 && closed.body.isEmpty)
        }
    }
}
