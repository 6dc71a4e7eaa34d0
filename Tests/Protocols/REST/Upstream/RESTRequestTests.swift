import Buffers
import Canonical
import HTTP
import REST
import Testing

@testable import Engine

/// An http rule read backwards.
@Suite struct RESTRequestTests {
    private let depot: Depot

    init() throws {
        depot = try Depot.shared.get()
    }

    @Test(arguments: [
        ("Find", #"{"name":"shelves/1 a/items/b:c%2Fd"}"#, "GET /v1/shelves/1%20a/items/b%3Ac%252Fd"),
        ("Walk", #"{"name":"a/b c/ü"}"#, "GET /v1/tree/a/b%20c/%C3%BC:walk"), ("Walk", "{}", "GET /v1/tree:walk"),
        ("Walk", #"{"name":"a/"}"#, "GET /v1/tree/a/:walk"), ("Walk", #"{"name":"a"}"#, "GET /v1/tree/a:walk"),
        ("Mark", #"{"note":"a/b"}"#, "POST /v1/NONE/false/a%2Fb 2 application/json | []"),
        (
            "Mark", #"{"note":"~","kind":"BOX","fragile":true,"tags":["x"]}"#,
            #"POST /v1/BOX/true/~ 5 application/json | ["x"]"#
        ),
        ("Find", #"{"number":"-9007199254740993"}"#, "GET /v1/numbers/-9007199254740993"),
        ("Find", "{}", "GET /v1/numbers/0"),
    ])
    func `variables are filled, and encoded but for the slashes of several segments`(
        name: String, message: String, request: String
    ) throws {
        #expect(try depot.exchange(name).send(message) == request)
    }

    @Test(arguments: [
        ("Walk", #"{"name":"a//b"}"#), ("Walk", #"{"name":"../a"}"#), ("Walk", #"{"name":"a/."}"#),
        ("Walk", #"{"name":"/a"}"#), ("Store", #"{"name":"shelves/.."}"#), ("Store", #"{"name":"shelves/"}"#),
        ("Store", #"{"name":"racks/1"}"#), ("Find", #"{"name":"other"}"#), ("Store", #"{"name":"shelves/1/2"}"#),
        ("Store", "{}"),
    ])
    func `a value that is no part of the path is refused`(name: String, message: String) throws {
        #expect(try depot.exchange(name).send(message) == "rest.address /name")
    }

    @Test func `a field that is not there fills nothing`() throws {
        #expect(try depot.exchange("Mark").send("{}") == "rest.address /note")
        #expect(try depot.exchange("Alter").send("{}") == "rest.address /item/name")
    }

    @Test(arguments: [
        (#""tags":["a b","c&d"]"#, "tags=a%20b&tags=c%26d"),
        (#""kind":"BOX","kinds":["CRATE",7]"#, "kind=BOX&kinds=CRATE&kinds=7"),
        (
            #""size":{"height":0.5,"seal":"+/8=","inner":{"height":"-Infinity"}}"#,
            "size.height=0.5&size.seal=%2B%2F8%3D&size.inner.height=-Infinity"
        ),
        (#""counts":{"a.b":1,"c]":2}"#, "counts%5Ba.b%5D=1&counts%5Bc%5D%5D=2"),
        (#""sizes":{"x":{"height":1}}"#, "sizes%5Bx%5D.height=1"),
        (#""packed":"2026-01-01T00:00:00Z","limit":"5","note":"""#, "packed=2026-01-01T00%3A00%3A00Z&limit=5&note="),
        (#""mask":"tags,size.inner""#, "mask=tags%2Csize.inner"), (#""size":{}"#, ""),
    ])
    func `the query is what the path has not`(members: String, query: String) throws {
        let sent = try depot.exchange("Find").send(#"{"number":"1",\#(members)}"#)
        #expect(sent == "GET /v1/numbers/1" + (query.isEmpty ? "" : "?" + query))
    }

    @Test(arguments: [
        (#""parts":[{}]"#, "/parts"), (#""extra":{"a":1}"#, "/extra/a"),
        (#""size":{"inner":{}},"parts":[{}]"#, "/parts"),
    ])
    func `what no query holds is refused, not left out`(members: String, pointer: String) throws {
        #expect(try depot.exchange("Find").send(#"{"number":"1",\#(members)}"#) == "rest.query " + pointer)
    }

    @Test func `the body has what the path has not`() throws {
        let stored = try depot.exchange("Store").send(#"{"name":"shelves/1","parts":[{"height":2}]}"#)
        #expect(stored == #"POST /v1/shelves/1:store 24 application/json | {"parts":[{"height":2}]}"#)
        let altered = try depot.exchange("Alter").send(
            #"{"item":{"name":"items/1","fragile":true},"updateMask":"fragile"}"#)
        #expect(altered == #"PATCH /v1/items/1?updateMask=fragile 16 application/json | {"fragile":true}"#)
        #expect(
            try depot.exchange("Alter").send(#"{"item":{"name":"items/1"}}"#)
                == "PATCH /v1/items/1 2 application/json | {}")
        #expect(try depot.exchange("Seek").send(#"{"note":"x"}"#) == "SEARCH /v1/items?note=x 0")
    }

    @Test func `an operation without a rule is at its own name`() throws {
        let sent = try depot.exchange("Plain").send(#"{"note":"x"}"#)
        #expect(sent == #"POST /depot.v1.Depot/Plain 12 application/json | {"note":"x"}"#)
    }

    @Test func `an HTTP body goes as it is`() throws {
        let saved = try depot.exchange("Save").send(
            #"{"name":"a","mode":7,"body":{"contentType":"text/css","data":"aGk="}}"#)
        #expect(saved == "PUT /v1/files/a?mode=7 2 text/css | hi")
        #expect(try depot.exchange("Save").send(#"{"name":"a"}"#) == "PUT /v1/files/a 0")
        #expect(try depot.exchange("Load").send(#"{"name":"a"}"#) == "GET /v1/files/a")
    }

    // MARK: Streams

    @Test func `a stream of requests is a body of lines`() throws {
        let filled = try depot.exchange("Fill").send(#"{"note":"a"}"#, #"{"note":"b"}"#)
        #expect(filled == "POST /v1/fill * application/x-ndjson | {\"note\":\"a\"}\n | {\"note\":\"b\"}\n")
        #expect(try depot.exchange("Fill").send() == "POST /v1/fill * application/x-ndjson")
        #expect(try depot.exchange("Move").send("{}") == "POST /depot.v1.Depot/Move * application/x-ndjson | {}\n")
    }

    @Test func `a stream of HTTP bodies is one body`() throws {
        let sent = try depot.exchange("Send").send(
            #"{"name":"a","body":{"contentType":"text/css","data":"aGk="}}"#, #"{"body":{"data":"IQ=="}}"#)
        #expect(sent == "PUT /v1/files/a:send * text/css | hi | !")
    }

    @Test(arguments: [
        #"post: "/v1/{name}" body: "*""#, #"post: "/v1/x" body: "item""#, #"post: "/v1/x""#,
    ])
    func `a rule that cannot hold a stream is refused at load`(rule: String) throws {
        let proto = """
            syntax = "proto3"; package a; import "google/api/annotations.proto";
            message M { string name = 1; M item = 2; }
            service S { rpc F(stream M) returns (M) { option (google.api.http) = { \(rule) }; } }
            """
        let finding = try #require(throws: Diagnostic.self) { try Depot(proto).call("F") }
        #expect(finding.rule == "rest.stream")
    }

    @Test func `a rule with an asterisk that no field fills cannot be read backwards`() throws {
        let proto = """
            syntax = "proto3"; package a; import "google/api/annotations.proto"; message M { string name = 1; }
            service S { rpc F(M) returns (M) { option (google.api.http) = { get: "/v1/*/x" }; }
              rpc G(M) returns (M) { option (google.api.http) = { get: "/v1/*/y" additional_bindings { get: "/y" } }; } }
            """
        #expect(try #require(throws: Diagnostic.self) { try Depot(proto).call("F") }.rule == "rest.rule")
        #expect(try Depot(proto).exchange("G").send("{}") == "GET /y")
    }

    // MARK: The head

    @Test func `fields of the call go on, and those of the client's own protocol do not`() throws {
        let headers = [
            ("x-mine", "1"), ("x-mine-bin", "AQ"), ("accept", "text/html"), ("te", "trailers"), ("grpc-timeout", "1S"),
            ("content-type", "application/grpc"), ("authorization", "Bearer x"), ("if-none-match", "x"),
        ]
        let fields = try depot.exchange("Plain", headers: headers, timeout: .milliseconds(2500)).fields(
            "x-mine", "x-mine-bin", "accept", "te", "grpc-timeout", "content-type", "authorization", "if-none-match",
            "x-request-timeout")
        #expect(fields == ["1", "AQ", "application/json", "-", "-", "application/json", "Bearer x", "-", "2.500"])
        #expect(try depot.exchange("Plain").fields("x-request-timeout") == ["15.000"])
        #expect(
            try depot.exchange("Watch").fields("accept", "content-type", "x-request-timeout")
                == ["application/x-ndjson, text/event-stream;q=0.9, application/json;q=0.8", "-", "-"])
    }
}
