internal import Buffers
internal import Canonical
internal import Configuration

/// The contracts of a configuration's upstreams, as far as they can be read.
struct ContractCatalog {
    /// By the names of their upstreams.
    private(set) var contracts: [String: LoadedContract] = [:]
    private(set) var findings: [Diagnostic] = []
    /// The configuration's own, with the contracts that findings are about.
    private(set) var sources: SourceMap
    private let files: any FileSystem

    /// Services of governments and banks have contracts of many megabytes.
    static let files = LocalFileSystem(maximumBytes: 64 << 20)

    /// - Parameter log: Is told of answers that break a contract, once they come.
    init(
        _ configuration: Configuration, sources: SourceMap,
        files: any FileSystem = Self.files, log: ServerLog? = nil
    ) {
        self.sources = sources
        self.files = files
        for upstream in configuration.upstreams {
            guard let file = upstream.contract else { continue }
            guard let contract = read(file, of: upstream) else { continue }
            let observer = log.map { AnswerLog(upstream: upstream.name, log: $0) }
            let loaded = LoadedContract(contract, of: upstream, observer: observer)
            contracts[upstream.name] = loaded
            if upstream.endpoints.isEmpty, loaded.endpoints.isEmpty {
                reportMissingEndpoint(of: upstream, in: contract)
            }
        }
        showContracts()
    }

    private mutating func read(_ file: String, of upstream: Configuration.Upstream) -> Contract? {
        let ending = file.lastIndex(of: ".").map { file[$0...].dropFirst().lowercased() } ?? ""
        guard let reader = Modules.contractReaders.first(where: { $0.fileExtensions.contains(ending) }) else {
            let known = Modules.contractReaders.flatMap(\.fileExtensions).map { "." + $0 }.joined(separator: ", ")
            report(
                "config.unsupported", "\"\(file)\" is none of the contracts that this version reads: \(known)",
                of: upstream)
            return nil
        }
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try files.read(file)
        } catch {
            report("config.missing-file", "cannot read \"\(file)\": \(error.sentence)", of: upstream)
            return nil
        }
        let loader = ContractFiles(contract: file, importPaths: upstream.importPaths, files: files)
        do throws(ContractError) {
            let (contract, warnings) = try reader.read(Bytes(bytes), named: file, loader: loader)
            findings += warnings
            return contract
        } catch {
            findings += error.diagnostics
            return nil
        }
    }

    private mutating func reportMissingEndpoint(of upstream: Configuration.Upstream, in contract: Contract) {
        let named = contract.endpoints.map { "\"\($0)\"" }.joined(separator: ", ")
        let reason = named.isEmpty ? "the contract names no address" : "this version cannot call \(named)"
        report("upstream.no-endpoint", "\(reason); say where the service is in \"endpoints\"", of: upstream)
    }

    private mutating func report(_ rule: String, _ message: String, of upstream: Configuration.Upstream) {
        let path = "upstreams.\(upstream.name).contract"
        findings.append(Diagnostic(.error, rule, "\(path): \(message)", at: sources.location(of: path)))
    }

    /// Findings show lines of the contracts too.
    private mutating func showContracts() {
        let named = Set(findings.compactMap(\.location?.file)).subtracting(sources.files)
        for file in named.sorted() {
            guard let bytes = try? files.read(file) else { continue }
            sources.add(String(decoding: bytes, as: UTF8.self), named: file)
        }
    }
}
