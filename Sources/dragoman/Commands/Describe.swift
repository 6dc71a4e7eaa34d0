internal import ArgumentParser
internal import Buffers
internal import Canonical
internal import Configuration
internal import Engine
internal import ProtobufSchema
internal import REST

/// `dragoman describe`: a contract in another language.
struct Describe: ParsableCommand {
    enum Language: String, ExpressibleByArgument, CaseIterable {
        case openapi, proto, jsonschema, descriptors
    }

    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Say a contract in another language.")

    @Argument(help: "The contract: a WSDL or .proto file, or a descriptor set.")
    var contract: String

    @Option(
        name: .customLong("as"), help: "The language; descriptors are a FileDescriptorSet with all imports, in bytes.")
    var language: Language

    @Option(name: .customLong("import-path"), help: "A folder to look in for imports; may be there several times.")
    var importPaths: [String] = []

    @Flag(help: "Print JSON; findings too.")
    var json = false

    func run() throws {
        var upstream = Configuration.Upstream(name: "service", contract: .file(contract))
        upstream.importPaths = importPaths
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
        case .proto: print(try text(of: grpcContract(of: loaded)), terminator: "")
        case .descriptors:
            let contract = loaded.isProtobuf ? loaded.contract : try grpcContract(of: loaded).protobuf
            let descriptors = contract.annotations[ProtobufContract.self]?.descriptors
            StandardOutput.write(FileDescriptor.encodedSet(descriptors?.files ?? []).array)
        case .openapi:
            let addresses = (try? loaded.addresses(of: loaded.contract.operations, under: "")) ?? []
            print(String(OpenAPIDocument(loaded.contract, addresses: addresses).text()))
        case .jsonschema: print(String(JSONSchemaDocument(loaded.contract).text()))
        }
    }

    private func grpcContract(of loaded: LoadedContract) throws -> GRPCContract {
        do throws(ContractError) {
            return try loaded.grpcContract()
        } catch {
            throw complaint(error.diagnostics)
        }
    }

    /// The .proto file that is made of a contract; what is one already needs none.
    private func text(of made: GRPCContract) throws -> String {
        if let text = made.text { return text }
        throw complaint([Diagnostic(.error, "config.unsupported", "\(contract) is protobuf already")])
    }

    private func complaint(_ findings: [Diagnostic]) -> ExitCode {
        let found = Findings(diagnostics: findings, sources: SourceMap())
        StandardError.write((json ? found.json.text() : found.text(about: contract)) + "\n")
        return ExitStatus.findings
    }
}
