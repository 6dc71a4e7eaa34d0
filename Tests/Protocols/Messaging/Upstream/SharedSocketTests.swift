import Buffers
import Canonical
import Engine
import HTTP
import Reactor
import TestSupport
import Testing
import WebSocket

@testable import Messaging

/// Many calls on one socket.
@Suite struct SharedSocketTests {
    private static let fields = SocketLanguage.json(
        SocketFields(operation: "action", correlation: "id", end: "done", error: "error"))

    @Test(arguments: [false, true])
    func `answers find their calls in whatever order and pieces they come`(cuts: Bool) async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.fields)
            let calls = try (1...50).map { try service.call("Get", #"{"symbol":"\#($0)"}"#) }
            #expect(service.lines.count == 1)
            let line = service.lines[0]
            #expect(line.heard.isEmpty)
            #expect(String(decoding: line.head.target, as: UTF8.self) == "/feed?v=1")
            #expect(line.head.headers[.secWebSocketExtensions]?.hasPrefix("permessage-deflate") == true)
            line.accept()
            #expect(line.heard.count == 50)
            #expect(line.heard[6] == #"{"id":"7","action":"Get","symbol":"7"}"#)
            for number in (1...50).reversed() { line.say(#"{"price":\#(number),"id":"\#(number)"}"#, cuts: cuts) }
            for (index, call) in calls.enumerated() {
                #expect(call.heard == ["200", #"{"price":\#(index + 1)}"#, "end"])
            }
            #expect(service.observer.dropped.isEmpty)
        }
    }

    @Test func `a socket that is full is joined by another`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(
                reactor, .jsonRPC, settings: SocketServiceSettings(subprotocol: "v1", compresses: false, callsAtOnce: 2)
            )
            for _ in 0..<5 { _ = try service.call("Get", "{}") }
            #expect(service.lines.count == 3)
            #expect(service.lines[0].head.headers[.secWebSocketProtocol] == "v1")
            #expect(!service.lines[0].head.headers.contains(.secWebSocketExtensions))
            service.lines[0].accept()
            service.lines[0].say(#"{"id":1,"result":{}}"#)
            _ = try service.call("Get", "{}")
            #expect(service.lines.count == 3)
        }
    }

    @Test func `answers to nobody are dropped, and told of unless they are late`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.fields)
            let first = try service.call("Get", "{}")
            let second = try service.call("Get", "{}")
            let line = service.lines[0]
            line.accept()
            first.stream?.cancel()
            line.say(#"{"id":"1","price":1}"#, #"{"id":"9","price":9}"#, #"{"price":0}"#, "{", "[]", #"{"id":"0"}"#)
            #expect(first.heard.isEmpty && second.heard.isEmpty)
            #expect(service.observer.dropped.count == 5)
            line.say(#"{"id":"2","price":2}"#, #"{"id":"2","price":3}"#)
            #expect(second.heard == ["200", #"{"price":2}"#, "end"])
            #expect(service.observer.dropped.count == 5)
        }
    }

    @Test func `an error is the failure of its call alone`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let failing = try service.call("Get", "{}")
            let other = try service.call("Get", "{}")
            service.lines[0].accept()
            service.lines[0].say(
                #"{"id":1,"error":{"code":-32005,"message":"m","data":{"detail":"no","code":"NOT_FOUND","status":404,"#
                    + #""details":[{"type":"Missing","value":{"code":3}}]}}}"#)
            #expect(failing.heard == ["websocket.error no"])
            #expect(failing.failure?.code == .notFound && failing.failure?.httpStatus == 404)
            #expect(failing.failure?.details.first?.typeName == "Missing")
            #expect(other.heard.isEmpty)
        }
    }

    @Test func `a stream comes by next and ends with null`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let watch = try service.call("Watch", "{}")
            let chat = try service.call("Chat", #"{"symbol":"A"}"#, ends: false)
            let line = service.lines[0]
            line.accept()
            #expect(chat.heard == ["200"])
            line.say(
                #"{"method":"next","params":{"id":1,"value":{"price":1}}}"#,
                #"{"method":"next","params":{"id":2,"value":{"price":5}}}"#, #"{"id":1,"result":null}"#)
            #expect(watch.heard == ["200", #"{"price":1}"#, "end"])
            chat.stream?.send(.body(Bytes("{}")))
            chat.stream?.send(.end(trailers: nil))
            line.say(#"{"id":2,"result":null}"#)
            #expect(chat.heard == ["200", #"{"price":5}"#, "end"])
            #expect(
                line.heard == [
                    #"{"jsonrpc":"2.0","id":1,"method":"Watch","params":{}}"#,
                    #"{"jsonrpc":"2.0","id":2,"method":"Chat"}"#,
                    #"{"jsonrpc":"2.0","method":"next","params":{"id":2,"value":{"symbol":"A"}}}"#,
                    #"{"jsonrpc":"2.0","method":"next","params":{"id":2,"value":{}}}"#,
                    #"{"jsonrpc":"2.0","method":"complete","params":{"id":2}}"#,
                ])
        }
    }

    @Test func `a stream by correlation ends with its mark`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.fields)
            let watch = try service.call("Watch", "{}")
            service.lines[0].accept()
            service.lines[0].say(#"{"id":"1","price":1}"#, #"{"id":"1","price":2,"done":true}"#)
            #expect(watch.heard == ["200", #"{"price":1}"#, #"{"price":2}"#, "end"])
        }
    }

    @Test func `the service hears of a call that is cancelled`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let call = try service.call("Get", "{}")
            let unsent = try service.call("Get", "{}")
            unsent.stream?.cancel()
            service.lines[0].accept()
            call.stream?.cancel()
            #expect(
                service.lines[0].heard == [
                    #"{"jsonrpc":"2.0","id":1,"method":"Get","params":{}}"#,
                    #"{"jsonrpc":"2.0","method":"cancel","params":{"id":1}}"#,
                ])
        }
    }

    @Test func `a lost socket fails its calls, and says which may be tried again`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let asked = try service.call("Get", "{}")
            let begun = try service.call("Watch", "{}")
            let silent = try service.call("Get", ends: false)
            let line = service.lines[0]
            line.accept()
            line.say(#"{"method":"next","params":{"id":2,"value":{}}}"#)
            line.end()
            #expect(asked.heard == ["websocket.lost ifIdempotent"])
            #expect(begun.heard == ["200", "{}", "websocket.lost no"])
            #expect(silent.heard == ["websocket.lost always"])
            _ = try service.call("Get", "{}")
            #expect(service.lines.count == 2)
            service.lines[1].accept()
            service.lines[1].close(WebSocketClose(.serviceRestart))
            #expect(service.lines[1].heard.suffix(1) == ["end"])
        }
    }

    @Test func `a service that breaks the rules loses the socket`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC, settings: SocketServiceSettings(messageBytes: 100))
            let call = try service.call("Get", "{}")
            let line = service.lines[0]
            line.accept()
            line.say(#"{"id":1,"result":"\#(String(repeating: "x", count: 200))"}"#)
            #expect(call.heard == ["websocket.lost ifIdempotent"])
            #expect(call.failure?.code == .unavailable)
            #expect(line.heard.suffix(2) == ["close 1009", "end"])
            let large = try service.call("Get", #"{"symbol":"\#(String(repeating: "x", count: 200))"}"#)
            #expect(large.heard == ["message.too_large no"])
        }
    }

    @Test(arguments: [(503, "websocket.refused always"), (404, "websocket.refused no"), (200, "websocket.refused no")])
    func `a service that opens no socket fails its calls`(status: Int, wanted: String) async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let call = try service.call("Get", "{}")
            service.lines[0].accept(status: status)
            #expect(call.heard == [wanted])
            #expect(call.failure?.code == .unavailable)
            #expect(service.lines[0].heard == ["cancel"])
            let next = try service.call("Get", "{}")
            service.lines[1].accept([("sec-websocket-protocol", "never-asked")])
            #expect(next.heard == ["websocket.refused no"])
            let last = try service.call("Get", "{}")
            service.lines[2].fail(Failure(.unavailable, "upstream.connect", "No.", retry: .always))
            #expect(last.heard == ["upstream.connect always"])
        }
    }

    @Test func `a service that says nothing to the handshake is given up`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let call = try service.call("Get", "{}")
            reactor.timers.advance(to: reactor.now + .seconds(60))
            #expect(call.heard == ["websocket.refused always"])
        }
    }

    @Test func `who does not read holds up nobody, and no more than its queue`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC, settings: SocketServiceSettings(queueBytes: 40))
            let slow = try service.call("Watch", "{}")
            let other = try service.call("Get", "{}")
            slow.patience = 1
            let line = service.lines[0]
            line.accept()
            let next = #"{"method":"next","params":{"id":1,"value":{"price":1}}}"#
            line.say(next, next, next, #"{"id":2,"result":{}}"#)
            #expect(slow.heard == ["200", #"{"price":1}"#])
            #expect(other.heard == ["200", "{}", "end"])
            slow.stream?.resumeReading()
            #expect(slow.heard.count == 4)
            slow.stream?.pauseReading()
            line.say(next, next, next, next)
            #expect(slow.heard.suffix(1) == ["websocket.slow_call no"])
            #expect(line.heard.suffix(1) == [#"{"jsonrpc":"2.0","method":"cancel","params":{"id":1}}"#])
        }
    }

    @Test func `an answer that was whole before the socket was lost is given out`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let call = try service.call("Watch", "{}")
            call.stream?.pauseReading()
            service.lines[0].accept()
            service.lines[0].say(#"{"method":"next","params":{"id":1,"value":{}}}"#, #"{"id":1,"result":null}"#)
            service.lines[0].end()
            #expect(call.heard.isEmpty)
            call.stream?.resumeReading()
            #expect(call.heard == ["200", "{}", "end"])
        }
    }

    @Test func `a socket that takes no more holds its clients back`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, .jsonRPC)
            let call = try service.call("Chat", ends: false)
            let line = service.lines[0]
            line.accept()
            line.isWritable = false
            call.stream?.send(.body(Bytes("{}")))
            #expect(call.stream?.isWritable == false)
            _ = try service.call("Get", "{}")
            #expect(service.lines.count == 2)
            line.isWritable = true
            line.drain()
            #expect(call.heard.suffix(1) == ["drained"])
            #expect(call.stream?.isWritable == true)
        }
    }

    @Test func `a socket without calls is kept as long as it may be`() async throws {
        try await onWorker { reactor in
            let kept = PlayedSocketService(reactor, .jsonRPC)
            _ = try kept.call("Get", "{}")
            kept.lines[0].accept()
            kept.lines[0].say(#"{"id":1,"result":{}}"#)
            #expect(kept.pool.sockets.count == 1)
            kept.pool.close()
            #expect(kept.lines[0].heard.suffix(1) == ["close 1000"])
            kept.lines[0].sayGoodbye()
            #expect(kept.lines[0].heard.suffix(1) == ["end"])
            let unkept = PlayedSocketService(reactor, .jsonRPC, limits: UpstreamLimits(idleConnections: 0))
            _ = try unkept.call("Get", "{}")
            unkept.lines[0].accept()
            unkept.lines[0].say(#"{"id":1,"result":{}}"#)
            #expect(unkept.lines[0].heard.suffix(1) == ["close 1000"])
        }
    }
}
