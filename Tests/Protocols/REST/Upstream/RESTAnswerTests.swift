import Buffers
import Canonical
import HTTP
import REST
import Testing

@testable import Engine

@Suite struct RESTAnswerTests {
    private let depot: Depot
    private let json = [("content-type", "application/json")]

    init() throws {
        depot = try Depot.shared.get()
    }

    /// An exchange whose request has gone out already.
    private func exchange(_ name: String) throws -> DepotExchange {
        let exchange = try depot.exchange(name)
        _ = try exchange.send(
            #"{"name":"shelves/1/items/2"}"#.replacing(
                "shelves/1/items/2", with: name == "Find" ? "shelves/1/items/2" : "x"))
        return exchange
    }

    @Test(arguments: [1, 3, 1000])
    func `an answer is a message, and the fields beside it metadata`(size: Int) throws {
        let headers = json + [("x-a", "1"), ("etag", "x"), ("set-cookie", "c"), ("connection", "close"), ("date", "d")]
        let seen = try exchange("Find").receive(
            200, headers, #"{"number":7,"kind":"CRATE"}"#, trailers: [("x-t", "2"), ("grpc-status", "3")], size: size)
        #expect(seen == ["head x-a=1 set-cookie=c", #"{"number":"7","kind":"CRATE"}"#, "end x-t=2"])
    }

    @Test func `nothing is a message without fields`() throws {
        #expect(try exchange("Find").receive(204) == ["head", "{}", "end"])
        #expect(try exchange("Find").receive(200, [("content-type", "text/plain")]) == ["head", "{}", "end"])
    }

    @Test func `a body that is a field becomes one`() throws {
        let found = try depot.exchange("Seek")
        _ = try found.send("{}")
        #expect(found.receive(200, json, #"[{"number":"1"}]"#) == ["head", #"{"items":[{"number":"1"}]}"#, "end"])
        let wrong = try depot.exchange("Seek")
        _ = try wrong.send("{}")
        #expect(wrong.receive(200, json, #"[],"next":"x""#) == ["threw json.syntax"])
    }

    @Test func `what is no JSON is no message`() throws {
        #expect(try exchange("Find").receive(200, [("content-type", "text/html")], "<p>") == ["threw rest.media_type"])
        #expect(try exchange("Find").receive(200, json, "{").last == "threw json.syntax")
        #expect(try exchange("Find").receive(200, json, #"{"number":"x"}"#).last == "threw response.invalid")
        let gzip = json + [("content-encoding", "gzip")]
        #expect(try exchange("Find").receive(200, gzip, "x") == ["threw rest.content_encoding"])
        let large = #"{"note":"\#(String(repeating: "x", count: 4096))"}"#
        #expect(try exchange("Find").receive(200, json, large) == ["threw upstream.body_too_large"])
    }

    @Test func `an HTTP body comes as it is`() throws {
        let loaded = try exchange("Load").receive(200, [("content-type", "text/css")], "hi")
        #expect(loaded == ["head", #"{"contentType":"text/css","data":"aGk="}"#, "end"])
        let saved = try depot.exchange("Save")
        _ = try saved.send(#"{"name":"a"}"#)
        #expect(
            saved.receive(200, [("content-type", "image/png")], "hi")
                == ["head", #"{"body":{"contentType":"image/png","data":"aGk="}}"#, "end"])
    }

    // MARK: Streams

    @Test(arguments: [
        ("application/json", #"[{"number":"1"},{"number":"2"}]"#),
        ("application/json", #"{"number":"1"}{"number":"2"}"#),
        ("application/x-ndjson", "{\"number\":\"1\"}\n\n{\"number\":\"2\"}"),
        ("application/jsonl", "{\"number\":1}\r\n{\"number\":2}\r\n"),
        (
            "text/event-stream",
            "id: 1\ndata: {\"number\":\ndata: 1}\n\n: hello\r\n\r\nevent: item\r\ndata:{\"number\":2}\r\n\r\nevent: end\ndata: {}\n\n"
        ),
        ("text/event-stream; charset=utf-8", "\u{FEFF}data: {\"number\":1}\r\rdata: {\"number\":2}\r\r"),
    ])
    func `a stream is cut into its messages, wherever its pieces end`(type: String, body: String) throws {
        for size in 1...body.utf8.count {
            let seen = try exchange("Watch").receive(200, [("content-type", type)], body, size: size)
            #expect(seen == ["head", #"{"number":"1"}"#, #"{"number":"2"}"#, "end"], "in pieces of \(size)")
        }
    }

    @Test func `messages are there as soon as they are whole`() throws {
        var parts = Outbox<ResponsePart>()
        let translator = try exchange("Watch").translator
        var head = HTTPResponseHead(status: 200)
        head.headers.append(.contentType, "application/json")
        try translator.decode(.head(head), into: &parts)
        try translator.decode(.body(Bytes("[{},{},")), into: &parts)
        var count = 0
        while let part = parts.popFirst() { if case .message = part { count += 1 } }
        #expect(count == 2)
    }

    @Test(arguments: [
        ("application/json", #"[{},{"error":{"code":5,"message":"gone"}}]"#),
        ("application/x-ndjson", "{}\n{\"error\":{\"code\":404,\"status\":\"NOT_FOUND\",\"message\":\"gone\"}}\n{}\n"),
        ("text/event-stream", "data: {}\n\nevent: error\ndata: {\"code\":\"not_found\",\"message\":\"gone\"}\n\n"),
    ])
    func `a failure in the middle ends the stream`(type: String, body: String) throws {
        for size in 1...body.utf8.count {
            let seen = try exchange("Watch").receive(200, [("content-type", type)], body, size: size)
            #expect(seen == ["head", "{}", "notFound 0 gone"], "in pieces of \(size)")
        }
    }

    @Test(arguments: [
        ("application/x-ndjson", "{}\n{\"error\":{\"status\":404,\"title\":\"x\",\"detail\":\"gone\"}}"),
        ("text/event-stream", "data: {}\n\nevent: error\ndata: {\"status\":404,\"detail\":\"gone\"}\n\ndata: {}\n\n"),
    ])
    func `a problem in the middle has a status of its own`(type: String, body: String) throws {
        let seen = try exchange("Watch").receive(200, [("content-type", type)], body)
        #expect(seen == ["head", "{}", "notFound 404 gone"])
    }

    @Test func `a message may have a field called error`() throws {
        let lines = [("content-type", "application/x-ndjson")]
        #expect(try exchange("Reports").receive(200, lines, #"{"error":"x"}"#) == ["head", #"{"error":"x"}"#, "end"])
    }

    @Test(arguments: [
        ("application/json", "[{}", "threw json.syntax"),
        ("text/event-stream", "data: {}\n", "threw upstream.truncated"),
        ("text/html", "<p>", "threw rest.media_type"),
    ])
    func `a stream that breaks off is no stream that ends`(type: String, body: String, end: String) throws {
        #expect(try exchange("Watch").receive(200, [("content-type", type)], body).last == end)
    }

    @Test func `a stream of nothing ends`() throws {
        #expect(try exchange("Watch").receive(200) == ["head", "end"])
        #expect(try exchange("Watch").receive(204) == ["head", "end"])
    }

    @Test func `a stream of HTTP bodies is its pieces`() throws {
        let type = [("content-type", "text/css"), ("x-a", "1")]
        #expect(
            try exchange("Fetch").receive(200, type, "abcd", size: 2)
                == ["head x-a=1", #"{"contentType":"text/css","data":"YWI="}"#, #"{"data":"Y2Q="}"#, "end"])
        #expect(try exchange("Fetch").receive(200, type) == ["head x-a=1", #"{"contentType":"text/css"}"#, "end"])
    }
}
