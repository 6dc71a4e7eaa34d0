import Canonical
import Configuration
import Engine
import HTTP
import ProtobufSchema
import Testing

@testable import dragoman

/// Rules of a service configuration take the place of those in .proto files.
@Suite struct ServiceRuleTests {
    private let proto = """
        syntax = "proto3"; package s.v1; import "google/api/annotations.proto"; message M { string a = 1; }
        service S {
          rpc One(M) returns (M) { option (google.api.http) = { get: "/one/{a}" }; }
          rpc Two(M) returns (M) { option (google.api.http) = { get: "/one/{a}" }; }
        }
        """

    private func load(_ rules: String, contract: String = "s.proto") -> (addresses: [String], findings: [String]) {
        let loaded = Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams: { s: { contract: \(contract), service_config: s.yaml, endpoints: ["grpc://h:1"] } }
            routes: [{ expose: s.* }]
            """, named: "dragoman.yaml")
        let wsdl = SmallContract.wsdl([("P", ["Get"])])
        let files = ["s.proto": proto, "s.wsdl": wsdl, "s.yaml": "http:\n  rules: [\(rules)]"]
        let project = Project(loaded, files: MemoryFiles(files: files))
        let routes = project.plan?.routes.filter { $0.operation != nil } ?? []
        return (
            routes.map { "\($0.operation?.name ?? "") \($0.match.methods?.first?.description ?? "") \($0.match.path)" },
            project.findings.diagnostics.map { "\($0.location?.file ?? "") \($0.rule) \($0.message)" }
        )
    }

    @Test func `a rule takes the place of the method's own, in conflicts too`() {
        let (addresses, findings) = load("{ selector: s.v1.S.Two, post: \"/two/{a}\", body: \"*\" }")
        #expect(addresses == ["One GET /one/:a", "Two POST /two/:a"] && findings == [])
    }

    @Test(arguments: [
        (
            "{ selector: s.v1.S.One, get: /x }, { selector: s.v1.S.Two, get: /x }",
            "s.yaml http.conflict The HTTP rule 'GET /x' of 's.v1.S.Two': 's.v1.S.One' has the same paths with '/x'."
        ),
        (
            "{ selector: s.v1.S.Tow, get: /x }, { selector: s.v1.S.Two, get: /y }",
            "s.yaml http.selector There is no method 's.v1.S.Tow'; did you mean 's.v1.S.Two'?"
        ),
        (
            "{ selector: s.v1.S.Two, get: \"/x/{b}\" }",
            "s.yaml http.field The HTTP rule 'GET /x/{b}' of 's.v1.S.Two': 's.v1.M' has no field 'b'."
        ),
    ])
    func `a rule that is wrong is found where it stands`(rules: String, finding: String) {
        #expect(load(rules).findings == [finding])
    }

    @Test func `import paths name the contract`() throws {
        let loaded = Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams: { s: { contract: protos/s/s.proto, import_paths: [protos], endpoints: ["grpc://h:1"] } }
            routes: [{ expose: s.* }]
            """, named: "dragoman.yaml")
        let files = [
            "protos/s/s.proto": "syntax = \"proto3\"; import \"s/m.proto\"; service S { rpc One(M) returns (M); }",
            "protos/s/m.proto": "syntax = \"proto3\"; message M {}",
        ]
        let project = Project(loaded, files: MemoryFiles(files: files))
        #expect(project.findings.diagnostics.map(\.message) == [])
        let known = project.contracts["s"]?.contract.annotations[ProtobufContract.self]
        #expect(known?.files.map(\.name) == ["s/m.proto", "s/s.proto"])
    }

    @Test func `the file must be one, and for protobuf`() {
        #expect(load("{ selector: s.v1.S.Two }").findings.first?.hasPrefix("s.yaml config.missing-key") == true)
        let wsdl = load("{ selector: s.v1.S.Two, get: /x }", contract: "s.wsdl").findings
        #expect(wsdl.count == 1 && wsdl[0].hasPrefix("dragoman.yaml config.unsupported upstreams.s.service_config:"))
    }
}
