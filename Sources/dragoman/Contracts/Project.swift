internal import Canonical
internal import Configuration
internal import Engine

/// A configuration with its contracts, compiled, and all that is wrong with them.
struct Project {
    /// Nil when it cannot be read, or says what cannot be.
    var configuration: Configuration? { loaded.configuration }
    /// Nil when there is an error among the findings.
    let plan: Plan?
    let tls: TLSContexts?
    /// By the names of the upstreams.
    let contracts: [String: LoadedContract]
    let reflected: ReflectedContracts
    let findings: Findings
    private let loaded: LoadedConfiguration
    private let files: any FileSystem
    private let log: ServerLog?

    /// - Parameters:
    ///   - files: Where the contracts come from.
    ///   - log: Where the plan says what it finds while it is obeyed.
    ///   - reflected: The contracts that services said themselves.
    init(
        _ loaded: LoadedConfiguration, files: any FileSystem = ContractCatalog.files, log: ServerLog? = nil,
        reflected: ReflectedContracts = ReflectedContracts()
    ) {
        self.init(loaded, files, log, reflected, replacing: nil)
    }

    /// The same configuration with what services say now. Everything else is what it was, as the same objects where it is
    /// shared with calls under way: contracts, upstreams with their connections, TLS.
    func replacing(_ reflected: ReflectedContracts) -> Project {
        Project(loaded, files, log, reflected, replacing: self)
    }

    private init(
        _ loaded: LoadedConfiguration, _ files: any FileSystem, _ log: ServerLog?, _ reflected: ReflectedContracts,
        replacing earlier: Project?
    ) {
        self.loaded = loaded
        self.files = files
        self.log = log
        self.reflected = reflected
        guard let configuration = loaded.configuration else {
            plan = nil
            tls = nil
            contracts = [:]
            findings = Findings(diagnostics: loaded.diagnostics, sources: loaded.sources)
            return
        }
        var known = earlier?.contracts ?? [:]
        if let earlier { for name in reflected.differences(from: earlier.reflected) { known[name] = nil } }
        let catalog = ContractCatalog(
            configuration, sources: loaded.sources, files: files, log: log, reflected: reflected, known: known)
        let routes = configuration.check(contracts: catalog.contracts.mapValues(\.contract), sources: catalog.sources)
        let tls = earlier?.tls ?? TLSContexts(configuration, sources: catalog.sources)
        var builder = PlanBuilder(
            configuration, contracts: catalog.contracts, tls: tls, sources: catalog.sources,
            upstreams: earlier?.plan?.upstreams ?? [])
        let plan = builder.build()
        let addresses = AddressCheck(configuration: configuration, routes: builder.routes, sources: catalog.sources)
        let all =
            loaded.diagnostics + reflected.findings + catalog.findings + tls.findings + routes + builder.findings
            + addresses.findings
        self.plan = all.hasErrors ? nil : plan
        self.tls = tls
        contracts = catalog.contracts
        findings = Findings(diagnostics: all.sorted(in: catalog.sources), sources: catalog.sources)
    }
}

extension Project {
    /// Compiles a configuration, after the services that say themselves what they are have been asked.
    static func load(_ loaded: LoadedConfiguration, log: ServerLog? = nil) async -> Project {
        guard let configuration = loaded.configuration, configuration.asksServices else {
            return Project(loaded, log: log)
        }
        let client = ReflectionClient(TLSContexts(configuration, sources: loaded.sources))
        let reflected = await ReflectedContracts.ask(
            configuration, sources: loaded.sources, files: ContractCatalog.files, by: client.ask)
        return Project(loaded, log: log, reflected: reflected)
    }
}

extension Configuration {
    /// Whether there are services that say themselves what they are.
    var asksServices: Bool { upstreams.contains { $0.contract == .reflection } }
}
