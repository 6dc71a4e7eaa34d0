import Canonical
import Configuration
import Engine
import Testing

@testable import dragoman

/// Lock files as the verbs use them.
@Suite struct LockTests {
    private let one = SmallContract.wsdl([("P", ["GetOne"])])
    private let two = SmallContract.wsdl([("P", ["GetOne", "GetTwo"]), ("Q", ["GetThree"])])

    private func load(_ files: [String: String], lock: String? = nil) -> (plan: [String], findings: [String]) {
        let loaded = Configuration.parse(
            """
            version: 1
            listeners: { a: { address: "127.0.0.1:0" } }
            upstreams:
              t: { contract: t.wsdl, \(lock.map { "lock: \($0), " } ?? "")endpoints: ["http://h/"] }
            routes: [{ expose: t.*, under: /t }]
            """, named: "dragoman.yaml")
        let project = Project(loaded, files: MemoryFiles(files: files))
        let addresses = project.plan?.routes.filter { $0.operation != nil }.map(\.match.path.description) ?? []
        return (addresses, project.findings.diagnostics.map { "\($0.severity)[\($0.rule)] \($0.message)" })
    }

    private func lock(_ wsdl: String, after earlier: String? = nil) throws -> String {
        let upstream = Configuration.Upstream(name: "t", contract: .file("t.wsdl"))
        let catalog = ContractCatalog(
            Configuration(listeners: [], upstreams: [upstream], routes: []), sources: SourceMap(),
            files: MemoryFiles(files: ["t.wsdl": wsdl, "t.wsdl.lock": earlier].compactMapValues(\.self)), locksAll: true
        )
        return LockFile.text(try #require(catalog.locks.first).wanted, of: "t.wsdl")
    }

    @Test func `without a lock addresses follow the contract`() {
        #expect(load(["t.wsdl": one]).plan == ["/t/get-one"])
        #expect(load(["t.wsdl": two]) == (["/t/p/get-one", "/t/p/get-two", "/t/q/get-three"], []))
    }

    @Test func `with a lock addresses stay, and that it is behind is told`() throws {
        let lock = try lock(one)
        #expect(load(["t.wsdl": one, "t.wsdl.lock": lock]) == (["/t/get-one"], []))
        let grown = load(["t.wsdl": two, "t.wsdl.lock": lock])
        #expect(grown.plan == ["/t/get-one", "/t/get-two", "/t/q/get-three"])
        #expect(
            grown.findings == [
                "warning[lock.stale] upstreams.t.contract: \"t.wsdl.lock\" is behind the contract: P.GetTwo, Q, Q.GetThree "
                    + "and 4 more are not in it; `dragoman lock` brings it up to date"
            ])
        #expect(load(["t.wsdl": two, "t.wsdl.lock": try self.lock(two, after: lock)]) == (grown.plan, []))
    }

    @Test func `a lock may be elsewhere, and must be there then`() throws {
        #expect(load(["t.wsdl": one, "locks/t": try lock(one)], lock: "locks/t") == (["/t/get-one"], []))
        #expect(
            load(["t.wsdl": one], lock: "locks/t") == (
                ["/t/get-one"],
                ["warning[lock.missing] upstreams.t.lock: there is no \"locks/t\"; `dragoman lock` writes it"]
            ))
    }

    @Test func `a lock that cannot be read stops everything`() {
        let (plan, findings) = load(["t.wsdl": one, "t.wsdl.lock": "version: 1\n"])
        #expect(plan == [])
        #expect(findings.count == 2 && findings[0].hasPrefix("error[config.missing-key]"))
    }

    @Test func `what people write into a lock holds`() throws {
        let lock = try lock(one).replacing("address: get-one", with: "address: one")
        #expect(load(["t.wsdl": one, "t.wsdl.lock": lock]) == (["/t/one"], []))
    }
}
