import Buffers
import Canonical
import Engine
import HTTP
import Reactor
import TestSupport
import Testing
import WebSocket

@testable import Messaging

/// One socket for each call.
@Suite struct OwnSocketTests {
    private static let bare = SocketLanguage.json(SocketFields())
    private static let marked = SocketLanguage.json(SocketFields(end: "done"))

    @Test func `the first message is the answer`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let call = try service.call("Get", #"{"symbol":"A"}"#)
            _ = try service.call("Get", "{}")
            #expect(service.lines.count == 2)
            let line = service.lines[0]
            line.accept()
            line.say(#"{"price":1}"#, #"{"price":2}"#)
            #expect(call.heard == ["200", #"{"price":1}"#, "end"])
            #expect(line.heard == [#"{"symbol":"A"}"#, "close 1000"])
            line.sayGoodbye()
            #expect(line.heard.suffix(1) == ["end"])
            line.end()
            #expect(line.heard.suffix(1) == ["end"])
        }
    }

    @Test(arguments: [false, true])
    func `a stream ends with the service's goodbye`(cuts: Bool) async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let call = try service.call("Watch", "{}")
            let line = service.lines[0]
            line.accept()
            line.say(#"{"price":1}"#, #"{"price":2}"#, cuts: cuts)
            #expect(call.heard == ["200", #"{"price":1}"#, #"{"price":2}"#])
            line.close(WebSocketClose(.normal))
            #expect(call.heard.suffix(1) == ["end"])
            #expect(line.heard.suffix(2) == ["close 1000", "end"])
        }
    }

    @Test(arguments: [
        (WebSocketClose(.forbidden, "not yours"), FailureCode.permissionDenied),
        (WebSocketClose(.invalidPayload), .invalidArgument), (WebSocketClose(.tryAgainLater), .unavailable),
        (WebSocketClose(.internalError), .internal), (WebSocketClose(WebSocketCloseCode(rawValue: 4999)), .unknown),
    ])
    func `another code is a failure`(close: WebSocketClose, code: FailureCode) async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let call = try service.call("Watch", "{}")
            service.lines[0].accept()
            service.lines[0].close(close)
            #expect(call.heard == ["websocket.close_code no"])
            #expect(call.failure?.code == code)
            if !close.reason.isEmpty { #expect(call.failure?.message == close.reason) }
        }
    }

    @Test func `goodbye is no answer where one is due`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let call = try service.call("Get", "{}")
            service.lines[0].accept()
            service.lines[0].close(WebSocketClose(.normal))
            #expect(call.heard == ["websocket.no_reply no"])
            let cut = try service.call("Watch", "{}")
            service.lines[1].accept()
            service.lines[1].end()
            #expect(cut.heard == ["websocket.lost ifIdempotent"])
        }
    }

    @Test func `both sides mark their last message`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.marked)
            let sum = try service.call("Sum", #"{"symbol":"A"}"#, "{}")
            let line = service.lines[0]
            line.accept()
            #expect(line.heard == [#"{"symbol":"A"}"#, "{}", #"{"done":true}"#])
            line.say(#"{"price":3}"#)
            #expect(sum.heard == ["200", #"{"price":3}"#, "end"])
            let chat = try service.call("Chat", "{}", ends: false)
            service.lines[1].accept()
            #expect(chat.heard == ["200"])
            service.lines[1].say(#"{"price":1}"#, #"{"done":true}"#)
            #expect(chat.heard == ["200", #"{"price":1}"#, "end"])
        }
    }

    @Test func `without a mark a goodbye ends the client's side, and the service may finish`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let chat = try service.call("Chat", "{}")
            let line = service.lines[0]
            line.accept()
            #expect(line.heard == ["{}", "close 1000"])
            #expect(chat.heard == ["200"])
            // What the service says between its goodbye and ours: a frame that was on its way.
            line.deliver([0x81, 0x02] + Array("{}".utf8))
            line.sayGoodbye()
            #expect(chat.heard == ["200", "{}", "end"])
        }
    }

    @Test func `a client that does not read stops the socket`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let call = try service.call("Watch", "{}")
            call.patience = 1
            let line = service.lines[0]
            line.accept()
            line.say(#"{"price":1}"#, #"{"price":2}"#)
            line.say(#"{"price":3}"#)
            line.close(WebSocketClose(.normal))
            line.end()
            #expect(line.isPaused)
            #expect(call.heard == ["200", #"{"price":1}"#])
            call.stream?.resumeReading()
            #expect(call.heard == ["200", #"{"price":1}"#, #"{"price":2}"#, #"{"price":3}"#, "end"])
        }
    }

    @Test func `a message that is none fails the call`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.marked)
            let call = try service.call("Watch", "{}")
            service.lines[0].accept()
            service.lines[0].say("[1]")
            #expect(call.heard == ["websocket.bad_message no"])
            let binary = try service.call("Watch", "{}")
            service.lines[1].accept()
            service.lines[1].deliver([0x82, 0x01, 0x00])
            #expect(binary.heard == ["websocket.bad_message no"])
        }
    }

    @Test func `the handshake is the client's own`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let call = try service.call()
            var head = HTTPRequestHead()
            head.target = Array("Get".utf8)
            head.headers.append(.authorization, "secret")
            call.stream?.send(.head(head))
            #expect(service.lines[0].head.headers[.authorization] == "secret")
            #expect(service.lines[0].head.headers[.secWebSocketVersion] == "13")
            service.lines[0].accept(status: 401)
            #expect(call.failure?.code == .unauthenticated)
        }
    }

    @Test func `a call that is cancelled goes away`() async throws {
        try await onWorker { reactor in
            let service = PlayedSocketService(reactor, Self.bare)
            let call = try service.call("Watch", "{}")
            service.lines[0].accept()
            call.stream?.cancel()
            #expect(service.lines[0].heard == ["{}", "close 1001"])
            let early = try service.call("Watch", "{}")
            early.stream?.cancel()
            #expect(service.lines[1].heard == ["cancel"])
        }
    }
}
