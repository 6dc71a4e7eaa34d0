internal import ArgumentParser
internal import Buffers
internal import Canonical
internal import Configuration
internal import Engine
internal import REST

/// `dragoman describe`: a contract in another language.
struct Describe: ParsableCommand {
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case openapi, proto, jsonschema
    }

    static let configuration = CommandConfiguration(abstract: "Say a contract in another language.")

    @Argument(help: "The contract: a WSDL or .proto file, or a descriptor set.")
    var contract: String

    @Option(name: .customLong("as"), help: "The language.")
    var language: Language

    @Flag(help: "Print JSON; findings too.")
    var json = false

    func run() throws {
        let upstream = Configuration.Upstream(name: "service", contract: .file(contract))
        let configuration = Configuration(listeners: [], upstreams: [upstream], routes: [])
        let catalog = ContractCatalog(configuration, sources: SourceMap())
        // Where the service is matters to nobody here.
        let found = catalog.findings.filter { $0.rule != "upstream.no-endpoint" }
        let findings = Findings(diagnostics: found, sources: catalog.sources)
        guard let loaded = catalog.contracts["service"] else {
            StandardError.write((json ? findings.json.text() : findings.text(about: contract)) + "\n")
            throw ExitStatus.findings
        }
        if !findings.diagnostics.isEmpty { StandardError.write(findings.text(about: contract) + "\n") }
        switch language {
        case .proto: print(try proto(of: loaded), terminator: "")
        case .openapi:
            let addresses = (try? loaded.addresses(of: loaded.contract.operations, under: "")) ?? []
            print(String(OpenAPIDocument(loaded.contract, addresses: addresses).text()))
        case .jsonschema: print(String(JSONSchemaDocument(loaded.contract).text()))
        }
    }

    /// The .proto file that is made of a contract; what is one already needs none.
    private func proto(of loaded: LoadedContract) throws -> String {
        let findings: [Diagnostic]
        do throws(ContractError) {
            if let text = try loaded.grpcContract().text { return text }
            findings = [Diagnostic(.error, "config.unsupported", "\(contract) is protobuf already")]
        } catch {
            findings = error.diagnostics
        }
        let found = Findings(diagnostics: findings, sources: SourceMap())
        StandardError.write((json ? found.json.text() : found.text(about: contract)) + "\n")
        throw ExitStatus.findings
    }
}
