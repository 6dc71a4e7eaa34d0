import Buffers
import Canonical
import Engine
import Reactor
import TestSupport
import Testing
import WebSocket

@testable import Messaging

/// JSON-RPC: calls of all four kinds, several at once, and their ends.
@Suite(.timeLimit(.minutes(1))) struct RPCConversationTests {
    private static func open(_ reactor: Reactor, callsAtOnce: Int = 100) -> Scene {
        let plan = RPCPlan([
            SocketMethod("Get", .unary), SocketMethod("List", .serverStream), SocketMethod("Sum", .clientStream),
            SocketMethod("Chat", .bidirectionalStream), SocketMethod("Two", .unary),
            SocketMethod("Two", .unary, service: "T"),
        ])
        let scene = Scene(reactor, plan.factory(settings: .plain(callsAtOnce: callsAtOnce), failures: Reasons()))
        scene.open("/ws")
        return scene
    }

    private static func request(_ id: String, _ method: String, _ params: String? = nil) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"\#(params.map { #","params":\#($0)"# } ?? "")}"#
    }

    private static func note(_ method: String, _ params: String) -> String {
        #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#
    }

    private static func result(_ id: String, _ value: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"result":\#(value)}"#
    }

    @Test func `requests are answered when their answers come`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(Self.request("1", "Get", #"{"a":1}"#))
            scene.send(Self.request(#""two""#, "Get"))
            #expect(scene.service.texts == [#"/Get message 1 {"a":1}"#, "/Get message 2 {}"])
            #expect(scene.service.requests.allSatisfy { $0.isWhole })
            scene.service.requests[1].answer(200, #"{"b":2}"#)
            scene.service.requests[0].answer(200, "[1]")
            #expect(scene.client.news() == [Self.result(#""two""#, #"{"b":2}"#), Self.result("1", "[1]")])
        }
    }

    @Test func `a stream comes as notifications and ends with nothing`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(Self.request("7", "List", "{}"))
            scene.service.requests[0].answer(200, "1", "2")
            #expect(
                scene.client.news() == [
                    Self.note("next", #"{"id":7,"value":1}"#), Self.note("next", #"{"id":7,"value":2}"#),
                    Self.result("7", "null"),
                ])
        }
    }

    @Test func `the client's own stream is complete when it says so`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(Self.request("7", "Sum"))
            for number in 1...3 { scene.send(Self.note("next", #"{"id":7,"value":\#(number)}"#)) }
            #expect(scene.service.texts == ["/Sum message 1 123"] && !scene.service.requests[0].isWhole)
            scene.send(Self.note("complete", #"{"id":7}"#))
            #expect(scene.service.requests[0].isWhole)
            scene.service.requests[0].answer(200, "6")
            #expect(scene.client.news() == [Self.result("7", "6")])
            // It is over: no mistake, and nobody's.
            scene.send(Self.note("next", #"{"id":7,"value":4}"#))
            #expect(scene.client.news() == [])
        }
    }

    @Test func `both streams go by themselves`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(Self.request("7", "Chat", "1"))
            scene.service.requests[0].answer(200, "2", ends: false)
            scene.send(Self.note("next", #"{"id":7,"value":3}"#))
            #expect(scene.service.texts == ["/Chat message 1 13"])
            #expect(scene.client.news() == [Self.note("next", #"{"id":7,"value":2}"#)])
        }
    }

    @Test func `a call that is cancelled is over for everybody`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(Self.request("7", "Get"))
            scene.send(Self.note("cancel", #"{"id":7}"#))
            #expect(scene.service.requests[0].isCancelled)
            #expect(
                scene.client.news() == [
                    #"{"jsonrpc":"2.0","id":7,"error":{"code":-32001,"message":"The client cancelled the call."}}"#
                ])
            scene.service.requests[0].answer(200, "late")
            #expect(scene.client.news() == [])
            scene.send(Self.request("7", "Get"))
            #expect(scene.service.requests.count == 2)
        }
    }

    @Test(arguments: [
        (request("1", "None"), -32601), (request("1", "Two"), -32601), (note("next", "{}"), -32602),
        (note("next", "[]"), -32602), (note("cancel", "{}"), -32602), ("{", -32700), ("[]", -32600),
    ])
    func `what cannot be called is told`(text: String, code: Int) async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(text)
            #expect(scene.client.news().first?.contains(#""error":{"code":\#(code),"#) == true)
            #expect(scene.service.requests.isEmpty)
        }
    }

    @Test func `an operation whose name is not its own is called with its service's`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(Self.request("1", "T.Two"))
            #expect(scene.service.texts == ["/Two message 1 {}"])
        }
    }

    @Test func `an id is one request's at a time`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.send(Self.request("1", "Get"))
            scene.send(Self.request("1", "Get"))
            #expect(scene.client.news().first?.contains("-32600") == true)
            scene.service.requests[0].answer(200, "1")
            scene.send(Self.request("1", "Get"))
            #expect(scene.service.requests.count == 2)
        }
    }

    @Test func `a notification is a call without an answer`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            for status in [200, 500] {
                scene.send(Self.note("Get", "{}"))
                scene.service.requests.last?.answer(status, "1")
            }
            #expect(scene.service.requests.count == 2 && scene.client.news() == [])
        }
    }

    @Test func `failures have their numbers and problems`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.service.refusal = Failure(.unavailable, "upstream.connect", "No connection.", origin: .upstream)
            scene.send(Self.request("1", "Get"))
            scene.service.refusal = nil
            scene.send(Self.request("2", "Get"))
            scene.wait(.milliseconds(1001))
            scene.send(Self.request("3", "List"))
            scene.service.requests[1].answer(200, "1", ends: false)
            scene.service.requests[1].fail(Failure(.unknown, "upstream.truncated", "Broken.", origin: .upstream))
            let told = scene.client.news()
            #expect(told.count == 4)
            for (place, id, code, reason) in [
                (0, 1, -32014, "upstream.connect"), (1, 2, -32004, "upstream.timeout"),
                (3, 3, -32002, "upstream.truncated"),
            ] where told.count == 4 {
                #expect(told[place].hasPrefix(#"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"#))
                #expect(told[place].contains(#""reason":"\#(reason)""#))
            }
        }
    }

    @Test func `a client with too many calls waits`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor, callsAtOnce: 2)
            scene.send(Self.request("1", "Get"))
            #expect(!scene.client.isPaused)
            scene.send(Self.request("2", "Get"))
            #expect(scene.client.isPaused)
            scene.service.requests[0].answer(200, "1")
            #expect(!scene.client.isPaused)
        }
    }

    @Test func `a socket that ends takes its calls along`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            for (id, method) in [("1", "Get"), ("2", "List"), ("3", "Sum")] { scene.send(Self.request(id, method)) }
            scene.sendBinary([1])
            #expect(scene.client.news() == ["close 1003 messages are text: JSON-RPC 2.0"])
            scene.sendAnswers()
            #expect(scene.isOver && scene.service.requests.allSatisfy { $0.isCancelled })
        }
    }
}
