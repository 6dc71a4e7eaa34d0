internal import Canonical
internal import Configuration
internal import Engine

/// A configuration with its contracts, compiled, and all that is wrong with them.
struct Project {
    /// Nil when it cannot be read, or says what cannot be.
    let configuration: Configuration?
    /// Nil when there is an error among the findings.
    let plan: Plan?
    let tls: TLSContexts?
    let findings: Findings

    /// - Parameters:
    ///   - files: Where the contracts come from.
    ///   - log: Where the plan says what it finds while it is obeyed.
    init(_ loaded: LoadedConfiguration, files: any FileSystem = ContractCatalog.files, log: ServerLog? = nil) {
        configuration = loaded.configuration
        guard let configuration = loaded.configuration else {
            plan = nil
            tls = nil
            findings = Findings(diagnostics: loaded.diagnostics, sources: loaded.sources)
            return
        }
        let catalog = ContractCatalog(configuration, sources: loaded.sources, files: files, log: log)
        let contracts = catalog.contracts.mapValues(\.contract)
        let routes = configuration.check(contracts: contracts, sources: catalog.sources)
        let tls = TLSContexts(configuration, sources: catalog.sources)
        var builder = PlanBuilder(configuration, contracts: catalog.contracts, tls: tls, sources: catalog.sources)
        let plan = builder.build()
        let addresses = AddressCheck(configuration: configuration, routes: builder.routes, sources: catalog.sources)
        let all = loaded.diagnostics + catalog.findings + tls.findings + routes + builder.findings + addresses.findings
        self.plan = all.hasErrors ? nil : plan
        self.tls = tls
        findings = Findings(diagnostics: all.sorted(in: catalog.sources), sources: catalog.sources)
    }
}
