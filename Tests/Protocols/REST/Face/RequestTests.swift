import Buffers
import HTTP
import Testing

@testable import Engine

/// What a request becomes before any mapping.
@Suite struct RequestTests {
    @Test func `a body in any pieces is one message`() throws {
        let body = #"{"AccountId":7,"Note":"zürich"}"#
        let bytes = Array(body.utf8)
        let exchange = try Exchange()
        for cut in 0...bytes.count {
            var head = HTTPRequestHead()
            head.body = .known(bytes.count)
            let wire: [HTTPRequestPart] = [
                .head(head), .body(Bytes(Array(bytes[..<cut]))), .body(Bytes(Array(bytes[cut...]))),
                .end(trailers: nil),
            ]
            #expect(try exchange.receive(wire) == #"{"AccountId":7,"Note":"zürich","Tags":[]}"#)
        }
    }

    @Test func `members that the contract does not name are refused, or left out where that is wanted`() throws {
        let body = #"{"AccountId":7,"extra":{"deep":[1]},"$any":[]}"#
        #expect(try Exchange().refusal(body: [body]) == ["400 request.invalid", "/extra unknown", "/$any unknown"])
        #expect(try Exchange(ignoringUnknown: true).refusal(body: [body]) == [#"{"AccountId":7,"Tags":[]}"#])
    }

    @Test func `a body is as large as the route allows and no larger`() throws {
        var exchange = try Exchange()
        exchange.limit = 16
        #expect(exchange.refusal(body: [#"{"AccountId"#, #"":7}"#]) == [#"{"AccountId":7,"Tags":[]}"#])
        #expect(exchange.refusal(body: [#"{"AccountId"#, #"": 7}"#]) == [#"{"AccountId":7,"Tags":[]}"#])
        #expect(exchange.refusal(body: [#"{"AccountId"#, #"":  7}"#]) == ["413 body.too_large"])
    }

    @Test func `a body that is announced too large is refused by its head`() throws {
        var exchange = try Exchange()
        exchange.limit = 10
        var head = HTTPRequestHead()
        head.body = .known(11)
        #expect(throws: (any Error).self) { try exchange.receive([.head(head)]) }
        head.body = .known(10)
        #expect(try exchange.receive([.head(head)]) == "")
    }

    @Test(arguments: [
        ("content-type", "text/xml", "415 request.media_type"),
        ("content-type", "application/json; charset=iso-8859-1", "415 request.media_type"),
        ("content-encoding", "gzip", "415 request.content_encoding"),
        ("accept", "text/html", "406 request.not_acceptable"),
        ("accept", "application/json;q=0", "406 request.not_acceptable"),
    ])
    func `what the body is not and the answer will not be is refused`(name: String, value: String, refusal: String)
        throws
    {
        #expect(try Exchange().refusal(headers: [(name, value)], body: [#"{"AccountId":7}"#]) == [refusal])
    }

    @Test(arguments: [
        [("content-type", "Application/JSON; charset=\"UTF-8\"")], [("content-encoding", "Identity")],
        [("accept", "text/html, application/*;q=0.1")], [("accept", "text/html"), ("accept", "*/*")],
        [("content-type", "application/vnd.bank+json")],
    ])
    func `what may be taken is`(headers: [(String, String)]) throws {
        #expect(
            try Exchange().receive(headers: headers, body: [#"{"AccountId":7}"#]) == #"{"AccountId":7,"Tags":[]}"#)
    }

    @Test func `the type of a body that is not there does not matter`() throws {
        let headers = [("content-type", "text/plain")]
        #expect(try Exchange("Pay").refusal(headers: headers) == ["400 request.invalid", " oneOf"])
    }

    @Test func `no body is an empty object`() throws {
        #expect(try Exchange().refusal() == ["400 request.invalid", "/AccountId required"])
        #expect(try Exchange("Notify").receive() == #"{"$mixed":[]}"#)
        #expect(try Exchange("Ping").receive() == "")
    }

    @Test(arguments: [
        ("[]", ["400 request.invalid", " type"]), ("null", ["400 request.invalid", " type"]),
        ("7", ["400 request.invalid", " type"]), ("{", ["400 json.syntax"]),
        (#"{"AccountId":7}{}"#, ["400 json.syntax"]),
        (#"{"AccountId":"x","Zebra":1}"#, ["400 request.invalid", "/AccountId type", "/Zebra unknown"]),
    ])
    func `what is no message of the operation is refused with its places`(body: String, refusal: [String]) throws {
        #expect(try Exchange().refusal(body: [body]).prefix(1) == refusal.prefix(1))
        let found = try Exchange().refusal(body: [body]).dropFirst().map { $0.split(separator: " ").first ?? "" }
        #expect(found == refusal.dropFirst().map { $0.split(separator: " ").first ?? "" })
    }
}
