import Buffers
import Canonical
import Configuration
import Engine
import Testing

@testable import dragoman

/// What a configuration that exposes contracts over gRPC comes to.
@Suite struct GRPCRouteTests {
    private let stock = """
        syntax = "proto3"; package stock.v1; message Quote { string symbol = 1; }
        service Stock { rpc Get(Quote) returns (Quote); } service Audit { rpc Log(Quote) returns (Quote); }
        """

    private func load(_ routes: String, proto: String? = nil) -> (routes: [Route], findings: [String]) {
        let loaded = Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams: { s: { contract: s.proto, endpoints: ["grpc://h:1"] } }
            routes: \(routes)
            """, named: "dragoman.yaml")
        let project = Project(loaded, files: MemoryFiles(files: ["s.proto": proto ?? stock]))
        return (
            project.plan?.routes ?? [],
            project.findings.diagnostics.map { "\($0.severity)[\($0.rule)] \($0.message)" }
        )
    }

    private let services = [
        "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    ]

    @Test func `health and reflection go with what is offered over gRPC`() throws {
        let (routes, findings) = load("[{ expose: s.stock.v1.Stock.Get, as: [grpc] }]")
        #expect(routes.map(\.match.path.description) == ["/stock.v1.Stock/Get"] + services && findings == [])
        let service = try #require(routes.last)
        guard case .serve = service.action else { Issue.record("it is no service of ours"); return }
        #expect(service.name == "gateway" && service.operation?.name == "ServerReflectionInfo")
    }

    @Test func `without gRPC there are none`() {
        #expect(load("[{ expose: s.*, as: [rest] }]").routes.allSatisfy { $0.name == "routes[0]" })
    }

    @Test func `a contract may have its own health service`() {
        let own = """
            syntax = "proto3"; package grpc.health.v1; message R { string service = 1; }
            service Health { rpc Check(R) returns (R); }
            """
        let paths = load("[{ expose: s.*, as: [grpc] }]", proto: own).routes.map(\.match.path.description)
        #expect(paths == services)
    }

    @Test func `a contract that is exposed twice is offered once by reflection`() {
        let (routes, findings) = load(
            "[{ expose: s.stock.v1.Stock.Get, as: grpc }, { expose: s.stock.v1.Audit.Log, as: grpc }]")
        #expect(routes.count == 2 + services.count && findings == [])
    }

    // MARK: Contracts without protobuf

    private func load(
        _ upstreams: String, _ routes: String, files: [String: String]? = nil
    ) -> (plan: Plan?, findings: [String]) {
        let loaded = Configuration.parse(
            "version: 1\nlisteners: { a: { address: \"127.0.0.1:0\" } }\nupstreams: \(upstreams)\nroutes: \(routes)\n",
            named: "dragoman.yaml")
        let wsdl = SmallContract.wsdl([("P", ["GetOne"])])
        let project = Project(loaded, files: MemoryFiles(files: files ?? ["t.wsdl": wsdl]))
        return (project.plan, project.findings.diagnostics.map { "\($0.severity)[\($0.rule)] \($0.message)" })
    }

    private let upstream = #"contract: t.wsdl, endpoints: ["http://h/"]"#

    @Test func `a WSDL is offered over gRPC, with the .proto file that was made of it`() async throws {
        let (plan, findings) = load("{ t: { \(upstream) } }", "[{ expose: t.*, as: [rest, grpc], under: /t }]")
        let paths = plan?.routes.map(\.match.path.description) ?? []
        #expect(
            paths == ["/t.P/GetOne", "/t/contract.proto", "/t/get-one", "/t/openapi.json", "/t/docs"] + services)
        #expect(findings == [])
        guard case .answer(let answer)? = plan?.routes[1].action else { Issue.record("no document"); return }
        #expect(String(await answer.bytes).contains("rpc GetOne(.t.GetOne) returns"))
        #expect(answer.contentType == "text/plain; charset=utf-8")
    }

    @Test func `two upstreams of one package need two packages`() {
        let routes = "[{ expose: t.*, as: grpc, under: /t }, { expose: u.*, as: grpc, under: /u }]"
        let clash = load("{ t: { \(upstream) }, u: { \(upstream) } }", routes)
        #expect(
            clash.findings.first
                == "error[route.duplicate] routes[1]: POST /t.P/GetOne is an address of routes[0] (line 4) too; "
                + #"give an upstream another "grpc.package", or a route another host"#)
        let told = load("{ t: { \(upstream) }, u: { \(upstream), grpc: { package: u.v1 } } }", routes)
        #expect(told.findings == [])
        #expect(told.plan?.routes.contains { $0.match.path.description == "/u.v1.P/GetOne" } == true)
    }

    @Test func `files of one name that say two things are told`() {
        let other = SmallContract.wsdl([("Q", ["GetTwo"])])
        let files = ["t.wsdl": SmallContract.wsdl([("P", ["GetOne"])]), "u.wsdl": other]
        let findings = load(
            "{ t: { \(upstream) }, u: { contract: u.wsdl, endpoints: [\"http://h/\"] } }",
            "[{ expose: t.*, as: grpc, under: /t }, { expose: u.*, as: grpc, under: /u }]", files: files
        ).findings
        #expect(findings.count == 1 && findings[0].hasPrefix("warning[grpc.file-clash] upstreams.u.contract: "))
    }

    @Test func `numbers are those of the lock file`() throws {
        let wsdl = SmallContract.wsdl([("P", ["GetOne"])])
        let upstream = Configuration.Upstream(name: "t", contract: .file("t.wsdl"))
        let catalog = ContractCatalog(
            Configuration(listeners: [], upstreams: [upstream], routes: []), sources: SourceMap(),
            files: MemoryFiles(files: ["t.wsdl": wsdl]), locksAll: true)
        let lock = LockFile.text(try #require(catalog.locks.first).wanted, of: "t.wsdl")
        #expect(lock.contains(#""x": { name: x, number: 1 }"#))
        let moved = lock.replacing("number: 1 }", with: "number: 9 }")
        let locked = ContractCatalog(
            Configuration(listeners: [], upstreams: [upstream], routes: []), sources: SourceMap(),
            files: MemoryFiles(files: ["t.wsdl": wsdl, "t.wsdl.lock": moved]))
        let text = try #require(try locked.contracts["t"]?.grpcContract().text)
        #expect(text.contains("int32 x = 9;"))
    }
}
