import Canonical
import Configuration
import Engine
import Testing

@testable import dragoman

/// Services with a contract that are called over WebSocket.
@Suite struct SocketServiceTests {
    private let stock = """
        syntax = "proto3"; package stock.v1; message Quote { string symbol = 1; int64 price = 2; }
        service Stock {
          rpc Get(Quote) returns (Quote); rpc Watch(Quote) returns (stream Quote);
          rpc Put(stream Quote) returns (Quote); rpc Chat(stream Quote) returns (stream Quote);
        }
        """

    private func load(
        _ endpoints: String, _ webSocket: String = "", contract: String = "s.proto", expose operations: String = "s.*",
        as faces: String = "[rest, grpc, websocket]"
    ) -> (Plan?, findings: [String]) {
        let loaded = Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams: { s: { contract: \(contract), endpoints: [\(endpoints)]\(webSocket) } }
            routes: [{ expose: \(operations), as: \(faces), under: /s }]
            """, named: "dragoman.yaml")
        let files = ["s.proto": stock, "s.wsdl": SmallContract.wsdl([(name: "P", operations: ["A", "B"])])]
        let project = Project(loaded, files: MemoryFiles(files: files))
        return (project.plan, project.findings.diagnostics.map { "\($0.severity)[\($0.rule)] \($0.message)" })
    }

    @Test(arguments: ["s.proto", "s.wsdl"])
    func `the schemes of the endpoints say that it is called over WebSocket`(contract: String) throws {
        let (plan, findings) = load("\"ws://h:1/feed\", \"wss://i:1/feed\"", contract: contract)
        #expect(findings == [])
        let built = try #require(plan)
        #expect(built.upstreams[0].tunnelled != nil)
        let translators = built.routes.compactMap { route in
            if case .call(_, let translator, _) = route.action { "\(type(of: translator))" } else { nil }
        }
        #expect(Set(translators) == ["SocketUpstreamFactory"])
    }

    @Test func `an upstream of anything else is called as before`() throws {
        let plan = try #require(load("\"grpc://h:1\"").0)
        #expect(plan.upstreams[0].tunnelled == nil)
    }

    @Test(arguments: ["\"ws://h:1\", \"grpc://i:1\"", "\"ws://h:1\", \"http://i:1\""])
    func `one service speaks one protocol`(endpoints: String) {
        let findings = load(endpoints).findings
        #expect(findings.contains { $0.hasPrefix("error[upstream.mixed] upstreams.s.endpoints") })
    }

    @Test func `what its messages cannot carry is refused by name`() {
        let shared = ", websocket: { style: json, correlation: /id, end: /done }"
        #expect(load("\"ws://h:1\"", shared, expose: "s.Get").findings == [])
        #expect(load("\"ws://h:1\"", shared, expose: "s.Watch").findings == [])
        let findings = load("\"ws://h:1\"", shared, expose: "s.Chat", as: "[grpc]").findings
        #expect(findings.count == 1 && findings[0].hasPrefix("error[websocket.stream] routes[0]: Chat takes a stream"))
        let clash = load("\"ws://h:1\"", ", websocket: { style: json, error: /price }", expose: "s.Get", as: "[rest]")
        #expect(clash.findings.count == 1)
        #expect(clash.findings.first?.hasPrefix("error[websocket.envelope] routes[0]: Get has") == true)
    }

    @Test(arguments: [
        ("\"http://h:1\"", ", websocket: { ping: 5s }", "error[websocket.unused] upstreams.s.websocket: no endpoint"),
        (
            "\"ws://h:1\"", ", websocket: { correlation: /id }",
            "error[websocket.envelope] upstreams.s.websocket.correlation"
        ),
        (
            "\"ws://h:1\"", ", websocket: { style: json, end: /x, error: /x }",
            "error[websocket.envelope] upstreams.s.websocket.error"
        ),
        (
            "\"ws://h:1\"", ", websocket: { style: json, end: /x/y }",
            "error[config.wrong-type] upstreams.s.websocket.end"
        ),
        ("\"ws://h:1\"", ", websocket: { style: xml }", "error[config.wrong-type] upstreams.s.websocket.style"),
    ])
    func `settings that do nothing are findings`(endpoints: String, settings: String, finding: String) {
        let findings = load(endpoints, settings).findings
        #expect(findings.contains { $0.hasPrefix(finding) }, "\(findings)")
    }
}
