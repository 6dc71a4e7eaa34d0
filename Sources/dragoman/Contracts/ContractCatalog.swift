internal import Buffers
internal import Canonical
internal import Configuration
internal import GRPC
internal import ProtobufSchema

/// The contracts of a configuration's upstreams, as far as they can be read.
struct ContractCatalog {
    /// By the names of their upstreams.
    private(set) var contracts: [String: LoadedContract] = [:]
    private(set) var findings: [Diagnostic] = []
    /// The locks of the contracts whose names are derived: those that exist, or all where that was asked for.
    private(set) var locks: [UpstreamLock] = []
    /// The configuration's own, with the contracts that findings are about.
    private(set) var sources: SourceMap
    let files: any FileSystem
    private let configuration: Configuration
    private let reflected: ReflectedContracts
    private let locksAll: Bool

    /// Services of governments and banks have contracts of many megabytes.
    static let files = LocalFileSystem(maximumBytes: 64 << 20)

    /// - Parameters:
    ///   - log: Is told of answers that break a contract, once they come.
    ///   - reflected: The contracts that services said themselves; those that did not have none here.
    ///   - known: Contracts that need not be read again, by the names of their upstreams.
    ///   - locksAll: Whether the names of contracts are locked that have no lock yet.
    init(
        _ configuration: Configuration, sources: SourceMap,
        files: any FileSystem = Self.files, log: ServerLog? = nil,
        reflected: ReflectedContracts = ReflectedContracts(), known: [String: LoadedContract] = [:],
        locksAll: Bool = false
    ) {
        self.configuration = configuration
        self.reflected = reflected
        self.locksAll = locksAll
        self.sources = sources
        self.files = files
        for upstream in configuration.upstreams {
            if let contract = known[upstream.name] {
                contracts[upstream.name] = contract
                continue
            }
            guard let source = upstream.contract, let contract = read(source, of: upstream) else { continue }
            let observer = log.map { AnswerLog(upstream: upstream.name, log: $0) }
            let loaded = LoadedContract(contract, of: upstream, observer: observer)
            contracts[upstream.name] = loaded
            if upstream.endpoints.isEmpty, loaded.endpoints.isEmpty {
                reportMissingEndpoint(of: upstream, in: contract.contract)
            }
            if let key = upstream.json.keyWithoutUse(isProtobuf: loaded.isProtobuf) {
                report(
                    .error, "upstream.json-form", "says nothing of messages of this contract", of: upstream,
                    "json.\(key)")
            }
            if upstream.mixesWebSocket {
                report(
                    .error, "upstream.mixed", "endpoints of one service speak WebSocket, or none of them",
                    of: upstream, "endpoints")
            } else if loaded.isProtobuf, upstream.speaksBoth {
                report(
                    .error, "upstream.mixed", "endpoints of one service speak gRPC, or http and https, not both",
                    of: upstream, "endpoints")
            }
        }
        showContracts()
    }

    private mutating func read(
        _ source: Configuration.ContractSource, of upstream: Configuration.Upstream
    ) -> NamedContract? {
        switch source {
        case .file(let file): read(file, of: upstream)
        // Who asked the service has reported why there is none.
        case .reflection: reflected.entries[upstream.name].flatMap { read($0, of: upstream) }
        }
    }

    /// What a service says of itself; what is wrong with it stands in no file.
    private mutating func read(_ entry: ReflectedContracts.Entry, of upstream: Configuration.Upstream) -> NamedContract?
    {
        guard let reader = amend(ProtobufContractReader(), of: upstream) else { return nil }
        do throws(ContractError) {
            let (contract, _) = try reader.read(entry.descriptors, named: upstream.name, loader: NoFiles())
            return NamedContract(contract: contract)
        } catch {
            let errors = error.diagnostics.filter { $0.severity == .error }
            for found in errors.prefix(5) {
                let place = found.location.map { $0.file + ": " } ?? ""
                report(
                    .error, "contract.reflection",
                    "what \(entry.origin) says of it cannot be: \(place)\(found.message) [\(found.rule)]", of: upstream,
                    "contract")
            }
            return nil
        }
    }

    private mutating func read(_ file: String, of upstream: Configuration.Upstream) -> NamedContract? {
        let ending = file.lastIndex(of: ".").map { file[$0...].dropFirst().lowercased() } ?? ""
        guard let found = Modules.contractReaders.first(where: { $0.fileExtensions.contains(ending) }) else {
            let known = Modules.contractReaders.flatMap(\.fileExtensions).map { "." + $0 }.joined(separator: ", ")
            report(
                "config.unsupported", "\"\(file)\" is none of the contracts that this version reads: \(known)",
                of: upstream)
            return nil
        }
        guard let reader = amend(found, of: upstream) else { return nil }
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
            return lock(contract, from: file, by: reader, of: upstream)
        } catch {
            findings += error.diagnostics
            return nil
        }
    }

    // MARK: Locks

    /// The contract with the names that its lock has for them; nil when the lock cannot be read.
    private mutating func lock(
        _ contract: Contract, from file: String, by reader: any ContractReader, of upstream: Configuration.Upstream
    ) -> NamedContract? {
        let path = upstream.lock ?? LockFile.path(besides: file)
        var current: ContractLock?
        do throws(FileProblem) {
            let (lock, found) = LockFile.read(try files.read(path), named: path)
            findings += found
            guard let lock else { return nil }
            current = lock
        } catch .missing {
            if upstream.lock != nil {
                report(
                    .warning, "lock.missing", "there is no \"\(path)\"; `dragoman lock` writes it", of: upstream, "lock"
                )
            }
        } catch {
            report(.error, "config.missing-file", "cannot read \"\(path)\": \(error.sentence)", of: upstream, "lock")
            return nil
        }
        guard current != nil || locksAll else { return NamedContract(contract: contract) }
        guard let keys = reader.keys(of: contract) else { return NamedContract(contract: contract) }
        let addresses = UpstreamLock.addresses(of: contract, for: upstream, in: configuration)
        let locker = ContractLocker(contract, keys: keys, lock: current, addresses: addresses)
        let wanted = ProtobufDerivation.complete(locker.lock, of: locker.contract, scalars: keys.scalars)
        let lock = UpstreamLock(
            upstream: upstream.name, contract: file, path: path, current: current, wanted: wanted)
        locks.append(lock)
        if let finding = lock.finding { report(.warning, "lock.stale", finding, of: upstream, "contract") }
        return NamedContract(contract: locker.contract, lock: wanted, scalars: keys.scalars)
    }

    private mutating func reportMissingEndpoint(of upstream: Configuration.Upstream, in contract: Contract) {
        let named = contract.endpoints.map { "\"\($0)\"" }.joined(separator: ", ")
        let reason = named.isEmpty ? "the contract names no address" : "this version cannot call \(named)"
        report("upstream.no-endpoint", "\(reason); say where the service is in \"endpoints\"", of: upstream)
    }

    private mutating func report(_ rule: String, _ message: String, of upstream: Configuration.Upstream) {
        report(.error, rule, message, of: upstream, "contract")
    }

    mutating func note(_ found: [Diagnostic]) {
        findings += found
    }

    mutating func report(
        _ severity: Diagnostic.Severity, _ rule: String, _ message: String, of upstream: Configuration.Upstream,
        _ key: String
    ) {
        let path = "upstreams.\(upstream.name).\(key)"
        findings.append(Diagnostic(severity, rule, "\(path): \(message)", at: sources.location(of: path)))
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

extension Configuration.JSONOptions {
    /// A setting about values that messages of the contract cannot have.
    fileprivate func keyWithoutUse(isProtobuf: Bool) -> String? {
        if isProtobuf { return decimals == .strings ? nil : "decimals" }
        if showsDefaults { return "defaults" }
        if names != .json { return "names" }
        return enums == .names ? nil : "enums"
    }
}
