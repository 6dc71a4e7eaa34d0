internal import ArgumentParser
internal import Canonical
internal import Configuration
internal import FoundationEssentials

/// `dragoman lock`: writes down the names that clients use, so that a change of a contract never renames them.
struct Lock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "Write down the names that clients use, beside each contract.",
        discussion: """
            Names that are derived from a contract may change when something is added to it. A lock file keeps those that \
            were given once: `serve` and `check` obey it and warn when it is behind its contract; only this verb writes it. \
            Names that the contract does not have any more stay in it, reserved.
            """)

    @Argument(help: ArgumentHelp("A contract to lock without a configuration: a WSDL file.", valueName: "contract"))
    var contract: String?

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let (configuration, catalog, findings) = read()
        guard configuration != nil, !findings.diagnostics.hasErrors else {
            print(options.json ? findings.json.text() : findings.text(about: contract ?? options.file))
            throw ExitStatus.findings
        }
        var written: Set<String> = []
        var rows: [JSON] = []
        for lock in catalog?.locks ?? [] where written.insert(lock.path).inserted {
            try write(lock)
            let change = lock.change
            rows.append([
                "file": .string(lock.path), "added": .array(change.added.map { .string($0) }),
                "reserved": .array(change.removed.map { .string($0) }),
                "moved": .array(change.moved.map { .string($0) }),
            ])
            if !options.json { print("\(lock.path): \(Self.summary(of: lock))") }
        }
        if options.json { print(JSON.array(rows).text()) }
    }

    private func read() -> (Configuration?, ContractCatalog?, Findings) {
        let loaded: LoadedConfiguration
        if let contract {
            let upstream = Configuration.Upstream(name: "service", contract: .file(contract))
            loaded = LoadedConfiguration(
                configuration: Configuration(listeners: [], upstreams: [upstream], routes: []), diagnostics: [],
                sources: SourceMap())
        } else {
            loaded = options.load()
        }
        guard let configuration = loaded.configuration else {
            return (nil, nil, Findings(diagnostics: loaded.diagnostics, sources: loaded.sources))
        }
        let catalog = ContractCatalog(configuration, sources: loaded.sources, locksAll: true)
        // That a lock is missing or behind is why this verb was called; where the service is does not matter.
        let found = catalog.findings.filter { !$0.rule.hasPrefix("lock.") || $0.severity == .error }
            .filter { $0.rule != "upstream.no-endpoint" }
        return (configuration, catalog, Findings(diagnostics: loaded.diagnostics + found, sources: catalog.sources))
    }

    private func write(_ lock: UpstreamLock) throws {
        guard lock.current != lock.wanted else { return }
        let file = lock.contract.split(separator: "/").last.map(String.init) ?? lock.contract
        do {
            try Data(LockFile.text(lock.wanted, of: file).utf8).write(to: URL(filePath: lock.path), options: .atomic)
        } catch {
            StandardError.write("dragoman lock: cannot write \"\(lock.path)\"\n")
            throw ExitStatus.findings
        }
    }

    private static func summary(of lock: UpstreamLock) -> String {
        guard lock.current != lock.wanted else { return "up to date" }
        let change = lock.change
        let counts = [(change.added.count, "added"), (change.removed.count, "reserved"), (change.moved.count, "moved")]
        let told = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return told.isEmpty ? "written anew" : told.joined(separator: ", ")
    }
}
