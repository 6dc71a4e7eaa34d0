import Buffers
import Canonical
import Configuration
import Engine
import JSONCodec
import Testing

@testable import dragoman

/// Which forms of JSON an upstream's messages have.
@Suite struct JSONFormTests {
    private let proto = """
        syntax = "proto3"; package t.v1; enum Color { RED = 0; BLUE = 1; }
        message Item { int64 item_id = 1; Color color = 2; repeated string words = 3; bool is_new = 4; }
        service Items { rpc Get(Item) returns (Item); }
        """

    private func project(_ json: String, contract: String = "s.proto") -> Project {
        let loaded = Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams: { s: { contract: \(contract), endpoints: ["http://h:1"], json: \(json) } }
            routes: [{ expose: s.* }]
            """, named: "dragoman.yaml")
        let files = ["s.proto": proto, "t.wsdl": SmallContract.wsdl([("P", ["GetOne"])])]
        return Project(loaded, files: MemoryFiles(files: files))
    }

    /// `text` as answers show it.
    private func shown(_ text: String, _ json: String) throws -> String {
        let configured = Configuration.parse(
            "version: 1\nlisteners: { a: { address: \"127.0.0.1:0\" } }\nroutes: []\nupstreams: { s: { contract: s.proto, endpoints: [\"grpc://h:1\"], json: \(json) } }\n",
            named: "dragoman.yaml")
        let configuration = try #require(configured.configuration)
        let catalog = ContractCatalog(
            configuration, sources: SourceMap(), files: MemoryFiles(files: ["s.proto": proto]), locksAll: false)
        let loaded = try #require(catalog.contracts["s"])
        let output = try #require(loaded.contract.operations.first).output
        var out = ByteWriter()
        let message = Message.encoded(Bytes(text), by: JSONCoder(output, plan: loaded.requests))
        try message.write(by: JSONCoder(output, plan: loaded.responses), into: &out)
        return String(out.finish())
    }

    @Test(arguments: [
        ("{}", #"{"itemId":"5","color":"BLUE"}"#),
        ("{ names: proto }", #"{"item_id":"5","color":"BLUE"}"#),
        ("{ enums: numbers, int64: numbers }", #"{"itemId":5,"color":1}"#),
        ("{ defaults: true }", #"{"itemId":"5","color":"BLUE","words":[],"isNew":false}"#),
    ])
    func `answers have the forms that are chosen`(json: String, expected: String) throws {
        #expect(try shown(#"{"itemId":5,"color":"BLUE"}"#, json) == expected)
    }

    @Test func `the description says which`() async throws {
        func description(_ json: String) async throws -> String {
            let routes = try #require(project(json).plan).routes
            let route = try #require(routes.first { $0.match.path.description == "/openapi.json" })
            guard case .answer(let answer) = route.action else { return "" }
            return String(await answer.bytes)
        }
        let usual = try await description("{}")
        #expect(usual.contains(#""itemId""#) && usual.contains(#""RED""#) && usual.contains(#""format":"int64""#))
        let other = try await description("{ names: proto, enums: numbers, int64: numbers }")
        #expect(other.contains(#""item_id""#) && other.contains(#""is_new""#) && !other.contains("itemId"))
        #expect(!other.contains(#""RED""#) && !other.contains(#""format":"int64""#))
    }

    @Test func `the page shows the description`() async throws {
        let routes = try #require(project("{}").plan).routes
        var shown: [String: String] = [:]
        for route in routes {
            guard case .answer(let answer) = route.action else { continue }
            shown[route.match.path.description] = String(await answer.bytes)
            #expect(String(await answer.bytes) == shown[route.match.path.description])
        }
        let description = try #require(shown["/openapi.json"])
        #expect(shown["/docs"]?.contains(description.replacing("<", with: "\\u003c")) == true)
    }

    @Test(arguments: [
        ("s.proto", "decimals: numbers", "decimals"), ("t.wsdl", "names: proto", "names"),
        ("t.wsdl", "defaults: true", "defaults"), ("t.wsdl", "enums: numbers", "enums"),
    ])
    func `a form of values that there are none of is a mistake`(contract: String, setting: String, key: String) {
        let findings = project("{ \(setting) }", contract: contract).findings.diagnostics.map {
            "\($0.severity)[\($0.rule)] \($0.message)"
        }
        #expect(
            findings == [
                "error[upstream.json-form] upstreams.s.json.\(key): says nothing of messages of this contract"
            ])
    }

    @Test func `a WSDL's numbers have forms, too`() {
        #expect(project("{ int64: numbers, decimals: numbers }", contract: "t.wsdl").findings.diagnostics.isEmpty)
    }
}
