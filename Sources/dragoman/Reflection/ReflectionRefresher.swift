internal import Buffers
internal import Canonical
internal import Configuration
internal import Engine
internal import GRPC
internal import Reactor

/// Asks services again and again whether they still are what they were, and has the server obey what is new. What they
/// said last stays good until there is something better.
struct ReflectionRefresher: Sendable {
    /// What is served.
    private(set) var project: Project
    private let log: ServerLog?
    private let ask: ReflectedContracts.Ask
    private let apply: @Sendable (Plan) async -> Void

    /// - Parameters:
    ///   - project: What is served at the beginning, without errors.
    ///   - apply: Has all workers obey a plan; returns when they do.
    init(
        _ project: Project, log: ServerLog?, ask: @escaping ReflectedContracts.Ask,
        apply: @escaping @Sendable (Plan) async -> Void
    ) {
        self.project = project
        self.log = log
        self.ask = ask
        self.apply = apply
    }

    private var upstreams: [Configuration.Upstream] {
        project.configuration?.upstreams.filter { $0.contract == .reflection } ?? []
    }

    /// Asks each service when its time has come, one after the other, until the task is cancelled.
    mutating func run() async {
        var due = upstreams.map { (upstream: $0, at: Instant.current() + $0.reflection.interval) }
        while let next = due.indices.min(by: { due[$0].at < due[$1].at }) {
            let wait = due[next].at.nanoseconds(since: .current())
            do {
                if wait > 0 { try await Task.sleep(for: .nanoseconds(wait)) }
                try Task.checkCancellation()
            } catch {
                return
            }
            let upstream = due[next].upstream
            await refresh(upstream)
            due[next].at = Instant.current() + upstream.reflection.interval
        }
    }

    /// Asks one service once.
    mutating func refresh(_ upstream: Configuration.Upstream) async {
        let place = "upstreams.\(upstream.name).contract"
        let answer = await ask(upstream)
        if Task.isCancelled { return }
        switch answer {
        case .failure(let problem):
            log?.write(
                .warning, "contract.reflection", "\(place): \(problem.text); until then what it last said stays good")
        case .success(let contract):
            let reflected = project.reflected.replacing(upstream.name, with: contract.descriptors)
            guard !reflected.differences(from: project.reflected).isEmpty else { return }
            let changed = project.replacing(reflected)
            guard let plan = changed.plan else {
                let errors = changed.findings.diagnostics.filter { $0.severity == .error }
                let more = errors.count > 1 ? ", and \(errors.count - 1) more" : ""
                log?.write(
                    .error, "contract.reflection",
                    "\(place): what the service says now cannot be served, so what it said before stays good: "
                        + "\(errors.first?.message ?? "")\(more)")
                return
            }
            let change = OperationChange(from: project.operations(of: upstream), to: changed.operations(of: upstream))
            project = changed
            await apply(plan)
            log?.write(.note, "contract.changed", "\(place): the service says something new: \(change.text)")
            guard let path = upstream.reflection.keep else { return }
            if let problem = KeptDescriptors(path: path).write(contract.descriptors, of: upstream.name) {
                log?.write(problem.severity, problem.rule, problem.message)
            }
        }
    }
}

/// What operations came and went.
private struct OperationChange {
    let added: [String]
    let removed: [String]

    init(from earlier: [String], to later: [String]) {
        added = later.filter { !earlier.contains($0) }
        removed = earlier.filter { !later.contains($0) }
    }

    var text: String {
        if added.isEmpty, removed.isEmpty { return "the same operations with other messages" }
        return [(added, "new"), (removed, "gone")].filter { !$0.0.isEmpty }.map { names, what in
            let more = names.count > 5 ? " and \(names.count - 5) more" : ""
            return "\(names.prefix(5).joined(separator: ", "))\(more) \(names.count == 1 ? "is" : "are") \(what)"
        }
        .joined(separator: "; ")
    }
}

extension Project {
    fileprivate func operations(of upstream: Configuration.Upstream) -> [String] {
        contracts[upstream.name]?.contract.operations.map { "\($0.service).\($0.name)" } ?? []
    }
}
