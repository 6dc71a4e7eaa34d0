public import Buffers
public import Canonical

/// Reads .proto files with their imports into linked descriptors; does what protoc does, and reads no files by itself.
///
/// google/protobuf/*.proto and the usual files of google/api, google/rpc and google/type are built in; a file of such a
/// name that the loader has goes first.
public struct ProtobufCompiler: Sendable {
    private let importPaths: [String]
    private let loader: any DocumentLoader

    /// - Parameter importPaths: Folders in which imports are looked for, in order.
    public init(importPaths: [String], loader: any DocumentLoader) {
        self.importPaths = importPaths
        self.loader = loader
    }

    /// Compiles files by their import names.
    ///
    /// - Returns: The descriptors, imports first, and what is worth a warning.
    /// - Throws: All that is wrong with the files, each finding with its file, line and column.
    public func compile(_ names: [String]) throws(ContractError) -> (DescriptorSet, [Diagnostic]) {
        let findings = Findings()
        var files = SourceFiles(findings: findings) { find($0) }
        for name in names { files.load(name) }
        return try Self.link(files, findings)
    }

    /// Compiles one file that is already read.
    public func compile(_ source: Bytes, named name: String) throws(ContractError) -> (DescriptorSet, [Diagnostic]) {
        let findings = Findings()
        guard let descriptors = compile(source, named: name, shownAs: name, findings) else {
            throw ContractError(findings.diagnostics)
        }
        return (descriptors, findings.diagnostics)
    }

    /// - Parameter path: What findings call the file.
    func compile(_ source: Bytes, named name: String, shownAs path: String, _ findings: Findings) -> DescriptorSet? {
        var files = SourceFiles(findings: findings) { find($0) }
        findings.show(name, as: path)
        files.load(.text(source), named: name)
        return files.link()
    }

    private static func link(
        _ files: SourceFiles, _ findings: Findings
    ) throws(ContractError) -> (DescriptorSet, [Diagnostic]) {
        guard let descriptors = files.link() else { throw ContractError(findings.diagnostics) }
        return (descriptors, findings.diagnostics)
    }

    private func find(_ name: String) -> SourceFiles.Source? {
        // An import cannot leave the folders that it is looked for in.
        guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else { return nil }
        for folder in importPaths {
            let path =
                folder.isEmpty || folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if let source = loader.load(path) { return .text(source) }
        }
        return nil
    }
}

extension DescriptorSet {
    /// Links `files`, in any order. What they import and do not bring is built in.
    ///
    /// - Throws: What is wrong with them, as `ProtobufCompiler` says it.
    public convenience init(linking files: [FileDescriptor]) throws(ContractError) {
        let findings = Findings()
        guard let linked = DescriptorSet.link(files, findings) else { throw ContractError(findings.diagnostics) }
        self.init(linked: linked.files)
    }

    static func link(_ files: [FileDescriptor], _ findings: Findings) -> DescriptorSet? {
        let byName = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
        var sources = SourceFiles(findings: findings) { name in byName[name].map { .descriptor($0) } }
        for file in files { sources.load(.descriptor(file), named: file.name) }
        return sources.link()
    }
}
