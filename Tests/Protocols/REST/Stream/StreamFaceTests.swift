import Buffers
import Canonical
import HTTP
import JSONCodec
import Testing

@testable import Engine
@testable import REST

@Suite struct StreamFaceTests {
    private func exchange(_ interaction: Interaction, _ form: StreamForm? = nil) throws -> Exchange {
        let period = Bank.type("Period")
        let operation = Operation(
            name: "Watch", service: "Accounts", input: period, output: period, interaction: interaction)
        var options = RESTBinding.Options()
        options.stream = form
        let plan = JSONPlan(Bank.schema)
        return Exchange(
            try RESTBinding(operation, schema: Bank.schema, request: plan, response: plan, options: options))
    }

    private func message(_ day: Int) throws -> ResponsePart {
        let json = #"{"from":"2026-01-0\#(day)"}"#
        return .message(.decoded(try JSONCoder(Bank.type("Period"), schema: Bank.schema).decode(Bytes(json))))
    }

    private let failure = Failure(.notFound, "x.gone", "It is gone.")

    private func answer(
        _ accept: String?, _ parts: [ResponsePart], to method: HTTPMethod = .post, form: StreamForm? = nil
    ) throws -> Exchange.Answer {
        try exchange(.serverStream, form).answer(parts, to: method, headers: accept.map { [("accept", $0)] } ?? [])
    }

    // MARK: Answers

    @Test(arguments: [
        ("application/json", #"[{"from":"2026-01-01"},{"from":"2026-01-02"}]"#),
        ("application/x-ndjson", "{\"from\":\"2026-01-01\"}\n{\"from\":\"2026-01-02\"}\n"),
        (
            "text/event-stream",
            "id: 1\ndata: {\"from\":\"2026-01-01\"}\n\nid: 2\ndata: {\"from\":\"2026-01-02\"}\n\n"
                + "event: end\ndata: {}\n\n"
        ),
    ])
    func `messages follow each other as the client likes`(type: String, body: String) throws {
        let parts: [ResponsePart] = [
            .head(HTTPResponseHead(status: 200)), try message(1), try message(2), .end(.success(trailers: nil)),
        ]
        let expected = Exchange.Answer(status: 200, contentType: type, length: .unknown, body: body, isWhole: true)
        #expect(try answer(type, parts) == expected)
        let head = try answer(type, parts, to: .head)
        #expect(head.status == 200 && head.body.isEmpty && head.isWhole)
    }

    @Test func `a stream without messages is empty, not absent`() throws {
        let end: [ResponsePart] = [.head(HTTPResponseHead(status: 200)), .end(.success(trailers: nil))]
        #expect(try answer("application/json", end).body == "[]")
        #expect(try answer("application/x-ndjson", end).body == "")
        #expect(try answer("text/event-stream", end).body == "event: end\ndata: {}\n\n")
        #expect(try answer("application/x-ndjson", end).isWhole)
    }

    @Test func `the head waits for the first message, and a failure before it has its status`() throws {
        let head = ResponsePart.head(HTTPResponseHead(status: 200))
        #expect(try answer(nil, [head]).status == 0)
        #expect(try answer(nil, [head, try message(1)]).status == 200)
        let refusal = try answer("text/event-stream", [head, .end(.failure(failure))])
        #expect(refusal.status == 404 && refusal.contentType == "application/problem+json" && refusal.isWhole)
    }

    @Test func `a failure after messages is the last item, and breaks an array off`() throws {
        let parts: [ResponsePart] = [
            .head(HTTPResponseHead(status: 200)), try message(1), .end(.failure(failure)),
        ]
        let lines = try answer("application/x-ndjson", parts)
        let line = try #require(lines.body.split(separator: "\n").last)
        #expect(try JSONValue(Bytes(line)).at("error/reason")?.string == "x.gone")
        #expect(lines.isWhole)
        let events = try answer("text/event-stream", parts)
        let event = try #require(events.body.firstRange(of: "\n\nevent: error\ndata: "))
        #expect(try JSONValue(Bytes(events.body[event.upperBound...])).at("status")?.text == "404")
        #expect(events.isWhole)
        let array = try answer("application/json", parts)
        let suffix = "threw x.gone"
        #expect(array.body.hasSuffix(suffix) && !array.isWhole)
        #expect(
            try JSONValue(Bytes(array.body.dropLast(suffix.count))).all("reason").first?.string == "x.gone")
    }

    @Test func `a message that came with line ends is one line`() throws {
        let exchange = try exchange(.serverStream, .lines)
        let text = Message.encoded(Bytes("{\"from\":\r\n\"2026-01-01\"}"), by: exchange.binding.response)
        #expect(exchange.answer([.message(text)]).body == "{\"from\":  \"2026-01-01\"}\n")
    }

    @Test(arguments: [
        (nil, "application/json"), ("*/*", "application/json"), ("application/*", "application/json"),
        ("text/*", "text/event-stream"), ("text/event-stream, */*", "text/event-stream"),
        ("application/json;q=0.5, application/x-ndjson", "application/x-ndjson"),
        ("application/x-ndjson;q=0.25, text/event-stream;q=0.3", "text/event-stream"),
        ("application/jsonl", "application/x-ndjson"), ("text/html, */*;q=0.1", "application/json"),
    ])
    func `Accept chooses`(accept: String?, type: String) throws {
        #expect(try answer(accept, [try message(1)]).contentType == type)
    }

    @Test func `what the client does not take is refused, also where the form is fixed`() throws {
        #expect(try answer("text/html", []).body == "threw request.not_acceptable")
        #expect(try answer("application/json", [], form: .events).body == "threw request.not_acceptable")
        #expect(try answer("*/*", [try message(1)], form: .events).contentType == "text/event-stream")
    }

    // MARK: Requests

    @Test(arguments: [
        ("application/json", #"[{"from":"2026-01-01"},{}]"#), ("application/x-ndjson", "{\"from\":\"2026-01-01\"}\n{}"),
    ])
    func `each item of the body is a message, as soon as it is there`(type: String, body: String) throws {
        let exchange = try exchange(.clientStream)
        for size in 1...body.utf8.count {
            let pieces = stride(from: 0, to: body.count, by: size).map { String(body.dropFirst($0).prefix(size)) }
            let received = try exchange.receive(headers: [("content-type", type)], body: pieces)
            #expect(received == #"{"from":"2026-01-01"}{}"#)
        }
        var parts = Outbox<RequestPart>()
        let face = exchange.face()
        var head = HTTPRequestHead()
        head.body = .unknown
        try face.decode(.head(head), into: &parts)
        try face.decode(.body(Bytes("[{},")), into: &parts)
        var count = 0
        while let part = parts.popFirst() { if case .message = part { count += 1 } }
        #expect(count == 1)
    }

    @Test func `a stream may be longer than a message, and be empty`() throws {
        var exchange = try exchange(.bidirectionalStream)
        exchange.limit = 2
        #expect(try exchange.receive(body: ["[{},{},{}]"]) == "{}{}{}")
        #expect(try exchange.receive() == "")
        #expect(exchange.refusal(body: ["[{},{ }]"]) == ["413 body.too_large"])
        #expect(exchange.refusal(headers: [("content-type", "text/plain")], body: ["x"]) == ["415 request.media_type"])
    }
}
