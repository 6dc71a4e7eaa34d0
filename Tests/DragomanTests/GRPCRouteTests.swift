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
}
