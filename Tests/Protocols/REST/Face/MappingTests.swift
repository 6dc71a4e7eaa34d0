import HTTP
import Testing

/// Values from the address, the head and other places of the body.
@Suite struct MappingTests {
    @Test(arguments: [
        ("7", "7"), ("a%20b", "a b"), ("a+b", "a+b"), ("%C3%BC", "ü"), ("a%2Fb", "a/b"), ("%22%5C", #"\"\\"#),
    ])
    func `a path parameter is decoded once`(segment: String, text: String) throws {
        let exchange = try Exchange(map: [("Note", "path.id")], path: "/accounts/\(segment)")
        #expect(
            try exchange.receive(body: [#"{"AccountId":1}"#]) == #"{"AccountId":1,"Note":"\#(text)","Tags":[]}"#)
    }

    @Test(arguments: ["%", "%4", "%zz", "%C3", "%C0%AF"])
    func `a broken escape is refused`(text: String) throws {
        let path = try Exchange(map: [("Note", "path.id")], path: "/accounts/\(text)")
        #expect(path.refusal() == ["400 request.encoding"])
        let query = try Exchange(map: [], bindsQuery: true)
        #expect(query.refusal(.get, query: "?Note=\(text)") == ["400 request.encoding"])
        #expect(query.refusal(.get, query: "?\(text)=1") == ["400 request.encoding"])
    }

    @Test func `query parameters are members by their names`() throws {
        let exchange = try Exchange(map: [("AccountId", "path.id")], bindsQuery: true)
        let query = "?Verbose=1&Limit=9223372036854775807&Rate=1.5e3&Note=a+b%26c&Tags=x&Tags=&Places=1,2&&"
        let message = try exchange.receive(.get, query: query)
        #expect(
            message
                == #"{"AccountId":7,"Verbose":true,"Limit":"9223372036854775807","Rate":1.5e3,"Note":"a b&c","#
                + #""Tags":["x",""],"Places":[1,2]}"#)
    }

    @Test(arguments: [
        ("?zebra=1", ["400 request.unknown_parameter", "/zebra unknown"]),
        ("?a/b~c=1", ["400 request.unknown_parameter", "/a~1b~0c unknown"]),
        ("?AccountId=1", ["400 request.invalid", "/AccountId duplicate"]),
        ("?Note=a&Note=b", ["400 request.invalid", "/Note duplicate"]),
        ("?Verbose=maybe", ["400 request.invalid", "/Verbose"]), ("?Rate=fast", ["400 request.invalid", "/Rate"]),
        ("?Period=x", ["400 request.unknown_parameter", "/Period unknown"]),
    ])
    func `a parameter that nothing wants, or not so, is refused with its place`(query: String, refusal: [String]) throws
    {
        let exchange = try Exchange(map: [("AccountId", "path.id")], bindsQuery: true)
        let found = exchange.refusal(.get, query: query)
        #expect(found.count == refusal.count)
        for (found, wanted) in zip(found, refusal) { #expect(found.hasPrefix(wanted), "\(query): \(found)") }
    }

    @Test func `parameters are left alone where the query is not the message`() throws {
        let exchange = try Exchange(map: [("Verbose", "query.v")])
        #expect(
            try exchange.receive(query: "?v=true&utm=x", body: [#"{"AccountId":1}"#])
                == #"{"AccountId":1,"Verbose":true,"Tags":[]}"#)
    }

    @Test func `a header is a value where there is one`() throws {
        let exchange = try Exchange(map: [("Note", "header.X-Tenant")])
        let body = [#"{"AccountId":1}"#]
        #expect(
            try exchange.receive(headers: [("x-tenant", "blue")], body: body)
                == #"{"AccountId":1,"Note":"blue","Tags":[]}"#)
        #expect(try exchange.receive(body: body) == #"{"AccountId":1,"Tags":[]}"#)
    }

    @Test(arguments: ["{}", " { } ", "", "\n"])
    func `a mapped member needs no other`(body: String) throws {
        let exchange = try Exchange(map: [("AccountId", "path.id")])
        #expect(try exchange.receive(body: [body]) == #"{"AccountId":7,"Tags":[]}"#)
    }

    @Test func `a member that is mapped and in the body is refused`() throws {
        let exchange = try Exchange(map: [("AccountId", "path.id")])
        #expect(exchange.refusal(body: [#"{"AccountId":8}"#]) == ["400 request.invalid", "/AccountId duplicate"])
    }

    @Test(arguments: ["[]", "7", "null", "\"x\"", "x"])
    func `a body without room for members is refused`(body: String) throws {
        let exchange = try Exchange(map: [("AccountId", "path.id")])
        #expect(exchange.refusal(body: [body]) == ["400 request.invalid", " type"])
    }

    @Test func `no malformed body becomes a message by what is woven in`() throws {
        let exchange = try Exchange(map: [("Note", "path.id")], path: "/accounts/%7D%22,%22Verbose%22:true,%22%7B")
        let pieces = ["{", "}", "\"", "\\", ",", ":", "[", "]", "\"AccountId\":1", "\"Note\":\"x", " "]
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let body = "{" + first + second + third + "}"
                    let alone = try Exchange().refusal(body: [body])
                    let woven = exchange.refusal(body: [body])
                    let isWhole = woven[0].hasPrefix("{") && !body.contains("\"AccountId\":1}")
                    if isWhole { #expect(alone[0].hasPrefix("{"), "\(body) became \(woven)") }
                }
            }
        }
    }

    // MARK: Members within members

    @Test(arguments: [
        ("", #"{"from":"2026-01-01"}"#), (#","Period":{}"#, #"{"from":"2026-01-01"}"#),
        (#","Period":{"to":"2026-02-01"}"#, #"{"from":"2026-01-01","to":"2026-02-01"}"#),
    ])
    func `a member within another joins what the body has there`(rest: String, period: String) throws {
        let exchange = try Exchange(map: [("Period.from", "query.from")])
        #expect(
            try exchange.receive(query: "?from=2026-01-01", body: [#"{"AccountId":1\#(rest)}"#])
                == #"{"AccountId":1,"Tags":[],"Period":\#(period)}"#)
    }

    @Test func `a member within another is there once`() throws {
        let exchange = try Exchange(map: [("Period.from", "query.from")])
        let body = [#"{"AccountId":1,"Period":{"from":"2026-01-02"}}"#]
        #expect(
            exchange.refusal(query: "?from=2026-01-01", body: body) == [
                "400 request.invalid", "/Period/from duplicate",
            ])
    }

    // MARK: Moves

    @Test func `a value moves within the body and the rest keeps its place`() throws {
        let exchange = try Exchange(map: [("AccountId", "body.customer.id"), ("Period", "body.when")])
        let body =
            #"{"customer":{"id":42},"Note":"\u00fc","Tags":["a","b"],"when":{"to":"2026-02-01"},"Limit":9007199254740993}"#
        #expect(
            try exchange.receive(body: [body])
                == #"{"AccountId":42,"Limit":"9007199254740993","Note":"ü","Tags":["a","b"],"Period":{"to":"2026-02-01"}}"#
        )
    }

    @Test func `what stays behind is still checked`() throws {
        let exchange = try Exchange(map: [("AccountId", "body.customer.id")])
        #expect(
            exchange.refusal(body: [#"{"customer":{"id":42,"name":"x"}}"#]) == [
                "400 request.invalid", "/customer unknown",
            ])
        #expect(
            exchange.refusal(body: [#"{"customer":{"id":42},"AccountId":1}"#])
                == ["400 request.invalid", "/AccountId duplicate"])
    }

    @Test func `a value that is not there does not move`() throws {
        let exchange = try Exchange(map: [("AccountId", "body.customer.id")])
        #expect(exchange.refusal(body: ["{}"]) == ["400 request.invalid", "/AccountId required"])
        #expect(exchange.refusal() == ["400 request.invalid", "/AccountId required"])
        #expect(exchange.refusal(body: [#"{"AccountId":5}"#]) == [#"{"AccountId":5,"Tags":[]}"#])
        #expect(
            exchange.refusal(body: [#"{"AccountId":5,"AccountId":5}"#]) == [
                "400 request.invalid", "/AccountId duplicate",
            ])
    }

    @Test func `malformed JSON has nothing to move`() throws {
        let exchange = try Exchange(map: [("AccountId", "body.id")])
        #expect(exchange.refusal(body: [#"{"id":1"#]).first == "400 json.syntax")
        let deep = String(repeating: "[", count: 100)
        #expect(exchange.refusal(body: [#"{"id":\#(deep)"#]) == ["400 json.depth"])
    }

    // MARK: Arrays that types wrap

    @Test func `a type that wraps an array is mapped as the array where it is shown so`() throws {
        let collapsed = try Exchange(map: [("Codes", "query.code")], collapsing: true)
        let wrapped = #"{"AccountId":1,"Tags":[],"Codes":{"code":[1,2]}}"#
        #expect(try collapsed.receive(query: "?code=1&code=2", body: [#"{"AccountId":1}"#]) == wrapped)
        let bound = try Exchange(map: [("AccountId", "path.id")], bindsQuery: true, collapsing: true)
        #expect(try bound.receive(.get, query: "?Codes=3") == #"{"AccountId":7,"Tags":[],"Codes":{"code":[3]}}"#)
        let plain = try Exchange(map: [("Codes.code", "query.code")])
        #expect(try plain.receive(query: "?code=1&code=2", body: [#"{"AccountId":1}"#]) == wrapped)
    }
}
