import Canonical
import Configuration
import Engine
import Testing

@testable import dragoman

/// What a service with .proto files is spoken to as: its endpoints say it.
@Suite struct RESTServiceTests {
    private let stock = """
        syntax = "proto3"; package stock.v1; import "google/api/annotations.proto"; message Quote { string symbol = 1; }
        service Stock {
          rpc Get(Quote) returns (Quote) { option (google.api.http) = { get: "/quotes/{symbol}" }; }
          rpc Put(stream Quote) returns (Quote) { option (google.api.http) = { put: "/quotes/{symbol}" }; }
        }
        """

    private func load(_ endpoints: String, expose operations: String = "s.Get") -> (Plan?, findings: [String]) {
        let loaded = Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams: { s: { contract: s.proto, endpoints: [\(endpoints)] } }
            routes: [{ expose: \(operations), as: [rest, grpc] }]
            """, named: "dragoman.yaml")
        let project = Project(loaded, files: MemoryFiles(files: ["s.proto": stock]))
        return (project.plan, project.findings.diagnostics.map { "\($0.severity)[\($0.rule)] \($0.message)" })
    }

    private func translators(_ endpoints: String) -> Set<String> {
        Set(
            (load(endpoints).0?.routes ?? []).compactMap { route in
                guard case .call(_, let translator, _) = route.action else { return nil }
                return "\(type(of: translator))"
            })
    }

    @Test(arguments: [
        ("\"http://h:1\", \"https://i:1\"", "RESTUpstreamFactory"),
        ("\"grpc://h:1\", \"grpcs://i:1\"", "GRPCUpstreamFactory"),
        ("\"h2c://h:1\"", "GRPCUpstreamFactory"),
    ])
    func `the schemes of the endpoints say what is spoken`(endpoints: String, factory: String) {
        #expect(translators(endpoints) == [factory])
    }

    @Test func `one service speaks one protocol`() {
        let findings = load("\"http://h:1\", \"grpc://i:1\"").findings
        #expect(findings.count == 1 && findings[0].hasPrefix("error[upstream.mixed] upstreams.s.endpoints"))
    }

    @Test func `what a rule cannot carry to the service is refused, and only there`() {
        #expect(
            load("\"http://h:1\"", expose: "s.*").findings.allSatisfy { $0.hasPrefix("error[rest.stream] routes[0]") })
        #expect(!load("\"http://h:1\"", expose: "s.*").findings.isEmpty)
        #expect(load("\"grpc://h:1\"", expose: "s.*").findings.isEmpty)
    }
}
