internal import ArgumentParser
internal import Canonical
internal import Configuration
internal import Engine
internal import FoundationEssentials
internal import Reactor

/// `dragoman serve`: serves a configuration, or one contract without any.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a configuration, or one contract through every face.",
        discussion: "SIGTERM lets what is under way finish. A contract is offered below / at port 8080.")

    @Argument(
        help: ArgumentHelp(
            "A contract to offer without a configuration: a WSDL or .proto file, a descriptor set, or `reflection`.",
            valueName: "contract"))
    var contract: String?

    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file: String?

    @Option(
        help: ArgumentHelp("Where the contract's service is; by default the address in the contract.", valueName: "url")
    )
    var upstream: String?

    @Option(help: "The port to offer the contract at.")
    var port: UInt16?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if contract != nil, file != nil { throw ValidationError("Give a contract or a configuration, not both.") }
        if contract == "reflection", upstream == nil {
            throw ValidationError("A service is asked for its contract at --upstream.")
        }
        if contract == nil, upstream != nil || port != nil {
            throw ValidationError("--upstream and --port go with a contract.")
        }
    }

    func run() async throws {
        let loaded =
            try contract.map(offer)
            ?? Configuration.load(
                file ?? "dragoman.yaml", environment: ProcessInfo.processInfo.environment)
        let log = try startLog()
        defer { log.close() }
        let project = await Project.load(loaded, log: log)
        guard project.plan != nil else {
            StandardError.write(project.findings.text(about: contract ?? file ?? "dragoman.yaml") + "\n")
            throw ExitStatus.findings
        }
        for finding in project.findings.diagnostics where finding.severity != .note {
            StandardError.write(finding.text(in: project.findings.sources) + "\n")
        }
        try await serve(project, sources: loaded.sources, log: log)
    }

    private func serve(_ project: Project, sources: SourceMap, log: ServerLog) async throws {
        guard let configuration = project.configuration, let plan = project.plan else { return }
        let server: Server
        do throws(Diagnostic) {
            server = try await Server.start(
                configuration, plan: plan, tls: project.tls, sources: sources, log: log)
        } catch {
            StandardError.write(error.text(in: sources) + "\n")
            throw ExitStatus.findings
        }
        print(ServerReport(server, configuration, plan).text(asJSON: json))
        fflushStandardOutput()
        SystemInfo.returnFreeMemory()
        let refreshing = refresh(project, on: server, log: log)
        var tls = project.tls
        try await server.untilTerminated {
            // The certificates' files; the configuration itself stays as it was read.
            let reread = TLSContexts(configuration, sources: sources, replacing: tls)
            for finding in reread.findings { StandardError.write(finding.text(in: sources) + "\n") }
            guard !reread.findings.hasErrors else { return }
            await server.replace(reread)
            tls = reread
        }
        refreshing?.cancel()
        await server.stop()
    }

    /// Keeps what services say of themselves, and asks them again from time to time; nil where none is asked.
    private func refresh(_ project: Project, on server: Server, log: ServerLog) -> Task<Void, Never>? {
        guard let configuration = project.configuration, configuration.asksServices, let tls = project.tls else {
            return nil
        }
        for problem in project.reflected.keep(configuration) {
            log.write(problem.severity, problem.rule, problem.message)
        }
        let client = ReflectionClient(tls)
        let refresher = ReflectionRefresher(project, log: log, ask: client.ask) { plan in
            await server.replace(plan)
            SystemInfo.returnFreeMemory()
        }
        return Task {
            var refresher = refresher
            await refresher.run()
        }
    }

    private func startLog() throws -> ServerLog {
        do throws(ReactorError) {
            return try ServerLog()
        } catch {
            StandardError.write("dragoman serve: cannot write to standard error: \(error)\n")
            throw ExitStatus.findings
        }
    }

    /// The configuration that offers one contract.
    private func offer(_ contract: String) throws -> LoadedConfiguration {
        var upstream = Configuration.Upstream(name: "service", contract: Configuration.ContractSource(contract))
        if let url = self.upstream {
            guard let endpoint = Configuration.Endpoint(url) else {
                throw ValidationError("\"\(url)\" is no address such as http://host:80/path.")
            }
            upstream.endpoints = [endpoint]
        }
        let listener = Configuration.Listener(name: "main", address: .tcp(host: "0.0.0.0", port: port ?? 8080))
        var exposure = Configuration.Exposure(Configuration.OperationReference(upstream: "service", operation: nil))
        exposure.faces = Configuration.Exposure.Face.allCases
        let configuration = Configuration(
            listeners: [listener], upstreams: [upstream],
            routes: [Configuration.Route(name: "routes[0]", action: .expose(exposure))])
        return LoadedConfiguration(configuration: configuration, diagnostics: [], sources: SourceMap())
    }
}
