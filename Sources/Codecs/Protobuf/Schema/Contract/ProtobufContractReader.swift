public import Buffers
public import Canonical

/// Reads a .proto file with its imports, or a descriptor set, into a contract.
///
/// Imports are looked for in the import paths, in order, then beside the file and in the folders above it. The file's own
/// name is relative to the import path where it is. The rules of google.api.http are checked on the way: a template that
/// is none, a field that is not there or a path that two methods want are errors.
public struct ProtobufContractReader: ContractReader {
    private let importPaths: [String]
    private let overrides: [HTTPRuleOverride]

    /// - Parameters:
    ///   - importPaths: Folders as the loader knows them.
    ///   - overrides: HTTP rules that take the place of the methods' own; the last one for a method counts.
    public init(importPaths: [String] = [], overrides: [HTTPRuleOverride] = []) {
        self.importPaths = importPaths
        self.overrides = overrides
    }

    public var fileExtensions: [String] { ["proto", "pb", "binpb", "protoset", "fds", "desc"] }

    /// Reads .proto text when `file` ends in `.proto`, else a `google.protobuf.FileDescriptorSet`.
    ///
    /// The operations are the methods of all services of the .proto file, or of the whole set.
    public func read(
        _ source: Bytes, named file: String, loader: any DocumentLoader
    ) throws(ContractError) -> (Contract, [Diagnostic]) {
        let findings = Findings()
        let descriptors: DescriptorSet?
        let roots: [FileDescriptor]
        if file.hasSuffix(".proto") {
            let compiler = ProtobufCompiler(importPaths: folders(around: file), loader: loader)
            let name = importName(of: file)
            descriptors = compiler.compile(source, named: name, shownAs: file, findings)
            roots = descriptors?.file(named: name).map { [$0] } ?? []
        } else {
            descriptors = DescriptorSet.link(try read(set: source, named: file), findings)
            roots = descriptors?.files ?? []
        }
        let rules = HTTPRules(overrides)
        if let descriptors {
            var checker = HTTPRuleChecker(descriptors, rules, findings)
            checker.check(roots)
        }
        guard let descriptors, !findings.hasErrors else { throw ContractError(findings.diagnostics) }
        return (ContractBuilder(descriptors, rules).contract(of: roots), findings.diagnostics)
    }

    private func read(set source: Bytes, named file: String) throws(ContractError) -> [FileDescriptor] {
        func failure(_ what: String) -> ContractError {
            let location = SourceLocation(file: file, line: 1, column: 1)
            return ContractError([Diagnostic(.error, "proto.descriptor-set", what, at: location)])
        }
        do throws(WireError) {
            let files = try FileDescriptor.set(source)
            if !files.isEmpty { return files }
        } catch {
            throw failure("This is no descriptor set: \(error.message).")
        }
        throw failure("The descriptor set has no files; make it with protoc --include_imports --descriptor_set_out.")
    }

    // MARK: Paths

    /// The import paths, then the file's own folder and those above it.
    private func folders(around file: String) -> [String] {
        var folders = importPaths
        var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        while !parts.isEmpty {
            folders.append(parts.joined(separator: "/"))
            parts = parts.dropLast()
        }
        return folders.contains("") ? folders : folders + [""]
    }

    /// What others would call the file in an import.
    private func importName(of file: String) -> String {
        for folder in importPaths {
            let prefix = folder.hasSuffix("/") ? folder : folder + "/"
            if file.hasPrefix(prefix) { return String(file.dropFirst(prefix.count)) }
        }
        return importPaths.contains("") || importPaths.contains(".")
            ? file : file.split(separator: "/").last.map(String.init) ?? file
    }
}
