internal import Buffers
internal import Canonical
internal import Configuration
internal import GRPC

/// The contracts that services say themselves, as descriptor sets, by the names of their upstreams.
struct ReflectedContracts: Sendable {
    struct Entry: Sendable {
        var descriptors: Bytes
        /// Where it comes from, for findings.
        var origin: String
        /// Whether the service said it just now; else it was kept.
        var isFresh: Bool
    }

    typealias Ask = @Sendable (Configuration.Upstream) async -> ReflectionClient.Answer

    private(set) var entries: [String: Entry] = [:]
    private(set) var findings: [Diagnostic] = []

    init() {}

    /// Asks all services of `configuration` that are to say what they are, at once. For those that do not answer, what was
    /// kept is taken.
    static func ask(
        _ configuration: Configuration, sources: SourceMap, files: any FileSystem, by ask: @escaping Ask
    ) async -> ReflectedContracts {
        let upstreams = configuration.upstreams.filter { $0.contract == .reflection }
        let answers = await withTaskGroup(of: (String, ReflectionClient.Answer).self) { group in
            for upstream in upstreams { group.addTask { (upstream.name, await ask(upstream)) } }
            var answers: [String: ReflectionClient.Answer] = [:]
            for await (name, answer) in group { answers[name] = answer }
            return answers
        }
        var contracts = ReflectedContracts()
        for upstream in upstreams {
            guard let answer = answers[upstream.name] else { continue }
            contracts.take(answer, of: upstream, sources, files)
        }
        return contracts
    }

    /// These, with what a service says now.
    func replacing(_ upstream: String, with descriptors: Bytes) -> ReflectedContracts {
        var contracts = self
        contracts.findings = []
        contracts.entries[upstream] = Entry(descriptors: descriptors, origin: "the service", isFresh: true)
        return contracts
    }

    /// The names of the upstreams of which `other` says something else.
    func differences(from other: ReflectedContracts) -> Set<String> {
        Set(entries.keys.filter { entries[$0]?.descriptors != other.entries[$0]?.descriptors })
    }

    private mutating func take(
        _ answer: ReflectionClient.Answer, of upstream: Configuration.Upstream, _ sources: SourceMap,
        _ files: any FileSystem
    ) {
        func report(_ severity: Diagnostic.Severity, _ message: String) {
            let path = "upstreams.\(upstream.name).contract"
            findings.append(
                Diagnostic(severity, "contract.reflection", "\(path): \(message)", at: sources.location(of: path)))
        }
        switch answer {
        case .success(let contract):
            entries[upstream.name] = Entry(
                descriptors: contract.descriptors, origin: "the service", isFresh: true)
            guard !contract.undescribed.isEmpty else { return }
            let names = contract.undescribed.joined(separator: ", ")
            report(.warning, "the service lists \(names) and does not describe it; it is left out")
        case .failure(let problem):
            guard let path = upstream.reflection.keep else { return report(.error, problem.text) }
            do throws(FileProblem) {
                let kept = Bytes(try files.read(path))
                entries[upstream.name] = Entry(descriptors: kept, origin: "\"\(path)\"", isFresh: false)
                report(.warning, "\(problem.text); until then \"\(path)\" is what it last said")
            } catch {
                report(
                    .error, "\(problem.text); and cannot read \"\(path)\", which keeps its answers: \(error.sentence)")
            }
        }
    }
}
