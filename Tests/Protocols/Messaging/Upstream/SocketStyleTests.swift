import Buffers
import Canonical
import Testing

@testable import Messaging

/// What stands in the messages of a service's socket, each way.
@Suite struct SocketStyleTests {
    private let correlated = FieldStyle(
        SocketFields(operation: "action", correlation: "id", end: "done", error: "error"))
    private let enveloped = FieldStyle(
        SocketFields(operation: "type", correlation: "id", payload: "data", end: "done", error: "error"))
    private let own = FieldStyle(SocketFields(end: "done"))

    private func begin(_ style: any SocketStyle, _ name: String, _ message: String?) throws -> String? {
        try style.begin(Quotes.operation(name), named: name, message.map { Bytes($0) }, id: 7).map { String($0) }
    }

    private func shown(_ reply: SocketReply) -> String {
        let id = reply.id.map { String($0) } ?? "-"
        let value = reply.value.map { String($0) } ?? "-"
        let failure = reply.failure.map { " \($0.code) \($0.message)" } ?? ""
        return "\(id) \(value)\(reply.isLast ? " last" : "")\(reply.isEmpty ? " empty" : "")\(failure)"
    }

    // MARK: Requests

    @Test func `requests are those of JSON-RPC`() throws {
        let style = RPCStyle()
        #expect(
            try begin(style, "Get", #"{"symbol":"A"}"#)
                == #"{"jsonrpc":"2.0","id":7,"method":"Get","params":{"symbol":"A"}}"#)
        #expect(try begin(style, "Get", nil) == #"{"jsonrpc":"2.0","id":7,"method":"Get"}"#)
        #expect(try begin(style, "Note", "{}") == #"{"jsonrpc":"2.0","method":"Note","params":{}}"#)
        #expect(
            String(try style.next(Bytes("1"), named: "Sum", id: 7))
                == #"{"jsonrpc":"2.0","method":"next","params":{"id":7,"value":1}}"#)
        #expect(
            style.complete(named: "Sum", id: 7).map { String($0) }
                == #"{"jsonrpc":"2.0","method":"complete","params":{"id":7}}"#)
        #expect(
            style.cancel(id: 7).map { String($0) } == #"{"jsonrpc":"2.0","method":"cancel","params":{"id":7}}"#)
    }

    @Test func `fields stand beside the message's or around it`() throws {
        #expect(try begin(correlated, "Get", #"{"symbol":"A"}"#) == #"{"id":"7","action":"Get","symbol":"A"}"#)
        #expect(try begin(correlated, "Get", "{}") == #"{"id":"7","action":"Get"}"#)
        #expect(try begin(enveloped, "Get", #"{"symbol":"A"}"#) == #"{"id":"7","type":"Get","data":{"symbol":"A"}}"#)
        #expect(try begin(enveloped, "Get", "[1]") == #"{"id":"7","type":"Get","data":[1]}"#)
        #expect(try begin(own, "Get", #"{"symbol":"A"}"#) == #"{"symbol":"A"}"#)
        #expect(try begin(own, "Sum", nil) == nil)
        #expect(own.complete(named: "Sum", id: 7).map { String($0) } == #"{"done":true}"#)
        #expect(FieldStyle(SocketFields()).complete(named: "Chat", id: 7) == nil)
        #expect(throws: Failure.self) { try begin(correlated, "Get", "[1]") }
    }

    // MARK: Answers

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","id":7,"result":{"price":1}}"#, #"7 {"price":1} last"#),
        (#"{"jsonrpc":"2.0","id":"7","result":null}"#, "7 null last empty"),
        (#"{"id":7,"result":1,"error":null}"#, "7 1 last"),
        (#"{"method":"next","params":{"id":7,"value":{"price":1}}}"#, #"7 {"price":1}"#),
        (#"{"id":7,"error":{"code":-32602,"message":"bad"}}"#, "7 - last invalidArgument bad"),
        (#"{"id":7,"error":{"code":-32601,"message":"who?"}}"#, "7 - last unimplemented who?"),
        (#"{"id":7,"error":{"code":-32001,"message":"own"}}"#, "7 - last unknown own"),
        (
            #"{"id":7,"error":{"code":-32005,"message":"m","data":{"code":"NOT_FOUND","detail":"d"}}}"#,
            "7 - last notFound d"
        ),
        (#"{"id":null,"error":{"code":-32700,"message":"parse"}}"#, "- - last internal parse"),
        (#"{"id":{},"result":1}"#, "- 1 last"), (#"{"id":-1,"result":1}"#, "- 1 last"),
    ])
    func `answers are those of JSON-RPC`(text: String, wanted: String) throws {
        #expect(shown(try RPCStyle().read(Bytes(text))) == wanted)
    }

    @Test(arguments: [
        (#"{"price":1,"id":"7"}"#, #"7 {"price":1}"#), (#"{"id":7,"price":1,"done":false}"#, #"7 {"price":1}"#),
        (#"{"id":"7","done":true}"#, "7 {} last empty"), (#"{"id":"7","price":1,"done":true}"#, #"7 {"price":1} last"#),
        (#"{"id":"7","error":"no such symbol"}"#, "7 - unknown no such symbol"),
        (#"{"id":"7","error":{"code":"NOT_FOUND","message":"none"}}"#, "7 - notFound none"),
        (#"{"id":"7","error":{"code":5,"message":"none"}}"#, "7 - notFound none"),
        (#"{"id":"7","error":null,"price":2}"#, #"7 {"price":2}"#), (#"{"price":1}"#, #"- {"price":1}"#),
    ])
    func `answers have the fields that are configured`(text: String, wanted: String) throws {
        #expect(shown(try correlated.read(Bytes(text))) == wanted)
    }

    @Test func `an answer may stand in a field`() throws {
        #expect(shown(try enveloped.read(Bytes(#"{"id":"7","data":{"price":1}}"#))) == #"7 {"price":1}"#)
        #expect(shown(try enveloped.read(Bytes(#"{"id":"7","done":true}"#))) == "7 null last empty")
        #expect(shown(try FieldStyle(SocketFields()).read(Bytes("[1, 2]"))) == "- [1, 2]")
    }

    @Test func `what is no answer is refused, wherever it breaks off`() {
        let texts = [
            #"{"jsonrpc":"2.0","id":7,"result":{"a":"ü"}}"#, #"{"method":"next","params":{"id":7,"value":[1]}}"#,
        ]
        for text in texts.map({ Array($0.utf8) }) {
            for length in 0..<text.count {
                #expect(throws: Failure.self) { try RPCStyle().read(Bytes(Array(text[..<length]))) }
                #expect(throws: Failure.self) { try correlated.read(Bytes(Array(text[..<length]))) }
            }
        }
        for text in ["{}", "[]", "7", #"{"id":1,"method":"ask"}"#, #"{"method":"next","params":[]}"#, "\u{FEFF}{}"] {
            #expect(throws: Failure.self) { try RPCStyle().read(Bytes(text)) }
        }
    }

    // MARK: Load

    @Test func `what a style cannot carry is refused by name`() {
        for name in ["Get", "Watch", "Sum", "Chat", "Note"] {
            #expect(Quotes.finding(name, .jsonRPC) == nil)
            #expect(Quotes.finding(name, .json(SocketFields(end: "done"))) == nil)
        }
        let shared = SocketLanguage.json(SocketFields(correlation: "id"))
        #expect(Quotes.finding("Get", shared) == nil)
        #expect(Quotes.finding("Watch", shared) == "websocket.stream")
        #expect(Quotes.finding("Watch", .json(SocketFields(correlation: "id", end: "done"))) == nil)
        #expect(Quotes.finding("Sum", .json(SocketFields(correlation: "id", end: "done"))) == "websocket.stream")
        #expect(Quotes.finding("Chat", .json(SocketFields(correlation: "id", end: "done"))) == "websocket.stream")
        #expect(Quotes.finding("Sum", .json(SocketFields())) == "websocket.stream")
        #expect(Quotes.finding("Chat", .json(SocketFields())) == nil)
        #expect(Quotes.finding("Get", .json(SocketFields(correlation: "symbol"))) == "websocket.envelope")
        #expect(Quotes.finding("Get", .json(SocketFields(correlation: "symbol", payload: "data"))) == nil)
    }
}
