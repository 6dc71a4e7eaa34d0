import Buffers
import Canonical
import Configuration
import Engine
import FoundationEssentials
import GRPC
import Reactor
import Testing

@testable import dragoman

/// Upstreams whose services say themselves what they are.
@Suite struct ReflectionTests {
    private func project(
        _ answer: ReflectionClient.Answer, _ loaded: LoadedConfiguration = Described.configuration(),
        kept: [UInt8]? = nil
    ) async throws -> Project {
        let configuration = try #require(loaded.configuration)
        let files = KeptFile(others: Described.files, kept: kept)
        let reflected = await ReflectedContracts.ask(
            configuration, sources: loaded.sources, files: files, by: { _ in answer })
        return Project(loaded, files: files, reflected: reflected)
    }

    private func findings(_ project: Project) -> [String] {
        project.findings.diagnostics.map { finding in
            let place = finding.location.map { "\($0.line):\($0.column) " } ?? ""
            return "\(place)\(finding.severity)[\(finding.rule)] \(finding.message)"
        }
    }

    private func paths(_ plan: Plan?) -> [String] {
        plan?.routes.map(\.match.path.description).filter { !$0.hasPrefix("/grpc.") } ?? []
    }

    // MARK: At the start

    @Test func `what a service says of itself is its contract`() async throws {
        let project = try await project(.success(Described.stock("Get", "Put")))
        #expect(paths(project.plan) == ["/stock.v1.Stock/Get", "/stock.v1.Stock/Put", "/t.T/Do"])
        #expect(findings(project) == [])
    }

    @Test func `without an answer there is an error that says where, why and what to do`() async throws {
        let project = try await project(Described.silence)
        #expect(project.plan == nil)
        #expect(
            findings(project) == [
                "4:18 error[contract.reflection] upstreams.s.contract: cannot ask grpc://h:1 by reflection: h:1: connection "
                    + "refused; see that the service runs and that its address speaks gRPC"
            ])
    }

    @Test func `what was kept stands in, with a warning`() async throws {
        let settings = Described.configuration(", reflection: { keep: kept.binpb }")
        let bytes = try Described.stock("Get").descriptors.array
        let project = try await project(Described.silence, settings, kept: bytes)
        #expect(paths(project.plan) == ["/stock.v1.Stock/Get", "/t.T/Do"])
        #expect(findings(project).count == 1 && findings(project)[0].hasPrefix("4:18 warning[contract.reflection] "))
        #expect(findings(project)[0].hasSuffix("; until then \"kept.binpb\" is what it last said"))
        let without = try await self.project(Described.silence, settings)
        #expect(without.plan == nil && findings(without)[0].hasSuffix("there is no such file"))
        let broken = try await self.project(Described.silence, settings, kept: Array("nonsense".utf8))
        #expect(broken.plan == nil)
        #expect(findings(broken).contains { $0.contains("what \"kept.binpb\" says of it cannot be: ") })
    }

    @Test func `a service that is not described is told`() async throws {
        var contract = try Described.stock("Get")
        contract.undescribed = ["a.A", "b.B"]
        #expect(
            try await findings(project(.success(contract))) == [
                "4:18 warning[contract.reflection] upstreams.s.contract: the service lists a.A, b.B and does not describe it; "
                    + "it is left out"
            ])
    }

    @Test func `descriptors that do not hold together are told at the contract`() async throws {
        let circle = Bytes([0x0A, 0x0C, 0x0A, 0x01, 0x61, 0x1A, 0x01, 0x62, 0x32, 0x04, 0x0A, 0x02, 0x53, 0x53])
        let project = try await project(.success(ReflectedContract(descriptors: circle)))
        #expect(project.plan == nil)
        #expect(
            findings(project).first?.hasPrefix(
                "4:18 error[contract.reflection] upstreams.s.contract: what the service says of it cannot be: ") == true
        )
    }

    // MARK: Later

    /// Refreshes one after the other, with what was applied and what stood in the log.
    private func refresh(
        _ answers: [ReflectionClient.Answer], _ loaded: LoadedConfiguration = Described.configuration()
    ) async throws -> (plans: [Plan], refresher: ReflectionRefresher, log: String) {
        let project = try await project(.success(Described.stock("Get")), loaded)
        let first = try #require(project.plan)
        let (left, plans) = (Shared(answers), Shared([first]))
        let heard = try LogReader()
        var refresher = ReflectionRefresher(
            project, log: heard.log, ask: { _ in left.first() ?? Described.silence }, apply: { plans.append($0) })
        let upstream = try #require(loaded.configuration?.upstream(named: "s"))
        for _ in answers { await refresher.refresh(upstream) }
        return (plans.all, refresher, heard.text())
    }

    @Test func `what is new is served, with the upstreams that there were`() async throws {
        let answers: [ReflectionClient.Answer] = try [
            .success(Described.stock("Get", "Put")), .success(Described.stock("Put")),
        ]
        let (plans, _, log) = try await refresh(answers)
        #expect(
            plans.map(paths) == [
                ["/stock.v1.Stock/Get", "/t.T/Do"], ["/stock.v1.Stock/Get", "/stock.v1.Stock/Put", "/t.T/Do"],
                ["/stock.v1.Stock/Put", "/t.T/Do"],
            ])
        #expect(zip(plans[0].upstreams, plans[2].upstreams).allSatisfy { $0 === $1 })
        #expect(
            log.contains(
                "note[contract.changed] upstreams.s.contract: the service says something new: "
                    + "stock.v1.Stock.Put is new\n"))
        #expect(log.contains("the service says something new: stock.v1.Stock.Get is gone\n"))
    }

    @Test func `what stays the same changes nothing`() async throws {
        let (plans, _, log) = try await refresh([.success(Described.stock("Get")), .success(Described.stock("Get"))])
        #expect(plans.count == 1 && log.isEmpty)
    }

    @Test func `a service that does not answer stays what it was`() async throws {
        let (plans, refresher, log) = try await refresh([Described.silence])
        #expect(plans.count == 1 && paths(refresher.project.plan) == paths(plans[0]))
        #expect(
            log.contains("warning[contract.reflection] upstreams.s.contract: cannot ask grpc://h:1 by reflection: "))
        #expect(log.hasSuffix("; until then what it last said stays good\n"))
    }

    @Test func `what cannot be served is not, until there is something that can`() async throws {
        let loaded = Described.configuration(expose: "s.Get")
        let (plans, _, log) = try await refresh(
            [.success(Described.stock("Put")), .success(Described.stock("Get", "Put"))], loaded)
        #expect(plans.map(paths) == Array(repeating: ["/stock.v1.Stock/Get", "/t.T/Do"], count: 2))
        #expect(
            log.contains(
                "error[contract.reflection] upstreams.s.contract: what the service says now cannot be served, so what it said "
                    + "before stays good: routes[0].expose: the contract \"Stock\" has no operation \"Get\""))
    }

    @Test func `what it says is kept in one go`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/kept-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/stock.binpb"
        let loaded = Described.configuration(", reflection: { keep: \"\(path)\" }")
        let project = try await project(.success(Described.stock("Get")), loaded)
        #expect(project.reflected.keep(try #require(loaded.configuration)).isEmpty)
        #expect(try LocalFileSystem().read(path) == Described.stock("Get").descriptors.array)
        _ = try await refresh([.success(Described.stock("Put"))], loaded)
        #expect(try LocalFileSystem().read(path) == Described.stock("Put").descriptors.array)
        #expect(LocalFileSystem().names(in: folder) == ["stock.binpb"])
        let nowhere = KeptDescriptors(path: folder + "/none/x").write(Bytes("x"), of: "s")
        #expect(nowhere?.rule == "contract.keep")
    }
}

/// `kept.binpb`, and others.
private struct KeptFile: FileSystem {
    let others: MemoryFiles
    let kept: [UInt8]?

    func read(_ path: String) throws(FileProblem) -> [UInt8] {
        guard path == "kept.binpb", let kept else { return try others.read(path) }
        return kept
    }

    func names(in folder: String) -> [String] { [] }
}

/// A list that closures on any thread add to and take from.
private final class Shared<Element: Sendable>: Sendable {
    private let elements: Guarded<[Element]>

    init(_ elements: [Element]) {
        self.elements = Guarded(elements)
    }

    var all: [Element] { elements.withLock { $0 } }
    func append(_ element: Element) { elements.withLock { $0.append(element) } }
    func first() -> Element? { elements.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
