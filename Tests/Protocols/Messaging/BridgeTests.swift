import Buffers
import Canonical
import Engine
import Reactor
import TestSupport
import Testing
import WebSocket

@testable import Messaging

/// The bridge: messages to calls and back, in their orders and with their failures.
@Suite(.timeLimit(.minutes(1))) struct BridgeTests {
    private static func scene(
        _ reactor: Reactor, _ settings: SocketSettings = .plain(), _ change: (inout BridgePlan) -> Void = { _ in }
    ) -> Scene {
        var plan = BridgePlan(
            selector: ["action"], targets: ["a": .address("/a"), "b": .address("/b")], complaint: "unknown action")
        change(&plan)
        return Scene(reactor, plan.factory(settings: settings, failures: Reasons()))
    }

    private static func open(
        _ reactor: Reactor, _ settings: SocketSettings = .plain(), _ change: (inout BridgePlan) -> Void = { _ in }
    ) -> Scene {
        let scene = scene(reactor, settings, change)
        scene.open()
        return scene
    }

    // MARK: Order

    @Test func `messages are worked on one after the other`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            for name in ["a", "b", "a"] { scene.send(#"{"action":"\#(name)"}"#) }
            #expect(scene.service.texts == [#"/a message 1 {"action":"a"}"#])
            scene.service.requests[0].answer(200, "one")
            #expect(scene.client.news() == ["one"])
            #expect(scene.service.texts.last == #"/b message 2 {"action":"b"}"#)
            scene.service.requests[1].answer(204)
            scene.service.requests[2].answer(200, "th", "ree")
            #expect(scene.client.news() == ["three"])
        }
    }

    @Test func `pipelined ones are answered in their order`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor) { $0.order = .pipelined(2) }
            for _ in 0..<3 { scene.send(#"{"action":"a"}"#) }
            #expect(scene.service.requests.count == 2)
            scene.service.requests[1].answer(200, "two")
            #expect(scene.client.news() == [] && scene.service.requests.count == 3)
            scene.service.requests[2].answer(200, "three")
            scene.service.requests[0].answer(200, "one")
            #expect(scene.client.news() == ["one", "two", "three"])
        }
    }

    @Test func `unordered ones when they come`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor) { $0.order = .unordered(3) }
            for _ in 0..<3 { scene.send(#"{"action":"a"}"#) }
            for (place, text) in [(1, "two"), (2, "three"), (0, "one")] {
                scene.service.requests[place].answer(200, text)
                #expect(scene.client.news() == [text])
            }
        }
    }

    @Test func `a client that sends more than is worked on waits`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor, .plain(callsAtOnce: 2))
            for _ in 0..<2 { scene.send(#"{"action":"a"}"#) }
            #expect(!scene.client.isPaused)
            for _ in 0..<2 { scene.send(#"{"action":"a"}"#) }
            #expect(scene.client.isPaused)
            for place in 0..<2 { scene.service.requests[place].answer(200, "x") }
            #expect(!scene.client.isPaused)
        }
    }

    // MARK: Failures

    @Test func `a message that fails is tried again with its number`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor) { $0.attempts = 3 }
            scene.send(#"{"action":"a","id":"x"}"#)
            scene.service.requests[0].answer(500, "no")
            #expect(scene.service.requests.count == 1)
            scene.wait(.milliseconds(101))
            scene.service.requests[1].answer(503)
            scene.wait(.milliseconds(302))
            #expect(scene.service.texts == [String](repeating: #"/a message 1 {"action":"a","id":"x"}"#, count: 3))
            scene.service.requests[2].answer(200, "done")
            #expect(scene.client.news() == ["done"])
        }
    }

    @Test func `when all tries have failed the client is told`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor) { $0.attempts = 2 }
            scene.send(#"{"action":"a","id":["x"]}"#)
            scene.service.requests[0].answer(500)
            scene.wait(.milliseconds(101))
            scene.service.requests[1].answer(500)
            scene.wait(.seconds(9))
            #expect(scene.service.requests.count == 2)
            let told = scene.client.news().first ?? ""
            #expect(told.hasPrefix(#"{"id":["x"],"seq":1,"status":500,"problem":{"#))
            #expect(told.contains(#""reason":"upstream.status""#))
        }
    }

    @Test func `what the client is at fault for is not tried again`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor) { $0.attempts = 3 }
            scene.send(#"{"action":"a"}"#)
            scene.service.requests[0].answer(404)
            #expect(scene.client.news().first?.hasPrefix(#"{"seq":1,"status":404,"#) == true)
            scene.send(#"{"action":"none"}"#)
            scene.send("no JSON")
            scene.sendBinary([1])
            let told = scene.client.news()
            #expect(told.count == 3 && told.allSatisfy { $0.contains(#""detail":"unknown action""#) })
            #expect(scene.service.requests.count == 1)
        }
    }

    @Test func `a service that is down, silent or talks nonsense costs one message`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.service.refusal = Failure(.unavailable, "upstream.connect", "No connection.", origin: .upstream)
            scene.send(#"{"action":"a"}"#)
            #expect(scene.client.news().first?.hasPrefix(#"{"seq":1,"status":503,"#) == true)
            scene.service.refusal = nil
            scene.send(#"{"action":"a"}"#)
            scene.wait(.milliseconds(1001))
            #expect(scene.client.news().first?.hasPrefix(#"{"seq":2,"status":504,"#) == true)
            #expect(scene.service.requests[0].isCancelled)
            scene.send(#"{"action":"a"}"#)
            scene.service.requests[1].answer(200, "half", ends: false)
            scene.service.requests[1].fail(Failure(.unknown, "upstream.malformed", "Nonsense.", origin: .upstream))
            #expect(scene.client.news().first?.hasPrefix(#"{"seq":3,"status":502,"#) == true)
            scene.send(#"{"action":"a"}"#)
            scene.service.requests[2].answer(200, "well")
            #expect(scene.client.news() == ["well"])
        }
    }

    @Test func `an answer that is too long costs one message`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(#"{"action":"a"}"#)
            scene.service.requests[0].answer(200, String(repeating: "x", count: (1 << 20) + 1), ends: false)
            #expect(scene.client.news().first?.contains("upstream.body_too_large") == true)
        }
    }

    // MARK: Opening and closing

    @Test func `the service decides on the socket`() async throws {
        try await onWorker { reactor in
            let scene = Self.scene(reactor) {
                $0.connect = .address("/hello")
                $0.user = .query("user")
            }
            scene.open("/live?user=ada")
            #expect(scene.service.texts == ["/hello connect 0 {}"])
            #expect(scene.client.status == nil && scene.socket?.stage == .opening)
            #expect(scene.socket?.push(Bytes("early"), isText: true) == .notOpen)
            scene.service.requests[0].answer(200, headers: [("ws-join", "news, ü")])
            #expect(scene.client.status == 101 && scene.socket?.stage == .open)
            #expect(scene.socket?.user == "ada" && scene.socket?.groups.contains("news") == true)
            #expect(scene.gateway.sockets.members(of: "news").count == 1)
            #expect(scene.gateway.sockets.sockets(of: "ada").count == 1)
        }
    }

    @Test func `and what it says of a socket that it refuses is said`() async throws {
        try await onWorker { reactor in
            let scene = Self.scene(reactor) {
                $0.connect = .address("/hello")
                $0.disconnect = .address("/bye")
            }
            scene.open()
            let name = scene.name
            scene.service.requests[0].answer(403)
            #expect(scene.client.status == 403 && scene.isOver)
            #expect(scene.end(of: name) == 1006)
            #expect(scene.service.requests.count == 1)
        }
    }

    @Test func `a client that leaves while it is decided on is forgotten`() async throws {
        try await onWorker { reactor in
            let scene = Self.scene(reactor) {
                $0.connect = .address("/hello")
                $0.disconnect = .address("/bye")
            }
            scene.open()
            scene.leave()
            #expect(scene.service.requests[0].isCancelled && scene.service.requests.count == 1)
            #expect(scene.gateway.sockets.count == 0)
        }
    }

    @Test func `a client that is gone in the middle of a message leaves nothing behind`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor) { $0.disconnect = .address("/bye") }
            scene.send(#"{"action":"a"}"#)
            let name = scene.name
            let frame = scene.client.frame(.text(#"{"action":"a"}"#))
            scene.receive(frame[0..<7])
            scene.leave()
            #expect(scene.service.requests[0].isCancelled)
            #expect(scene.gateway.sockets.count == 0 && scene.end(of: name) == 1006)
            let id = name?.text ?? ""
            #expect(scene.service.texts[1] == #"/bye disconnect 0 {"connectionId":"\#(id)","reason":"","code":1006}"#)
            #expect(scene.service.requests.count == 2)
            scene.service.requests[1].answer()
        }
    }

    @Test func `a service is told of the end at least once`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor) { $0.disconnect = .address("/bye") }
            scene.sendClose(.goingAway)
            #expect(scene.client.news() == ["close 1001 ", "end"])
            scene.service.requests[0].answer(500)
            for (attempt, pause) in [(1, 501), (2, 1502), (3, 3503)] {
                scene.wait(.milliseconds(pause))
                #expect(scene.service.requests.count == attempt + 1)
                scene.service.requests[attempt].answer(500)
            }
            scene.wait(.seconds(60))
            #expect(scene.service.requests.count == 4)
        }
    }
}
