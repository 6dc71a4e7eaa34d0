internal import Buffers
internal import Canonical
internal import Configuration

/// The documents that a contract imports: files in its own folder, below it, or below the import paths.
struct ContractFiles: DocumentLoader {
    private let files: any FileSystem
    /// The contract's own folder, then the import paths; each ends in a slash, save the working folder, which is empty.
    private let folders: [String]

    init(contract: String, importPaths: [String], files: any FileSystem) {
        self.files = files
        let own = contract.lastIndex(of: "/").map { String(contract[...$0]) } ?? ""
        folders = [own] + importPaths.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    }

    func load(_ path: String) -> Bytes? {
        candidates(for: path).lazy.compactMap { try? files.read($0) }.map { Bytes($0) }.first
    }

    /// A name beside the contract is looked for in the import paths as well. What climbs out of all folders is not read.
    private func candidates(for path: String) -> [String] {
        guard !path.split(separator: "/").contains("..") else { return [] }
        let own = folders[0]
        guard path.hasPrefix(own), own.isEmpty ? !path.hasPrefix("/") : true else {
            return folders.contains { path.hasPrefix($0) && !$0.isEmpty } ? [path] : []
        }
        return folders.map { $0 + path.dropFirst(own.count) }
    }
}

/// For contracts that are whole.
struct NoFiles: DocumentLoader {
    func load(_ path: String) -> Bytes? { nil }
}
