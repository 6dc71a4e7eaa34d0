internal import Buffers
internal import Canonical
internal import Configuration

/// The documents that a contract imports: files where it says, seen from its own folder, or below the import paths.
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

    /// A name beside the contract is looked for in the import paths as well; `../xsd/types.xsd` only where it points to. An
    /// absolute path has to be below an import path, unless the contract's own is absolute.
    private func candidates(for path: String) -> [String] {
        let own = folders[0]
        if path.hasPrefix("/"), !own.hasPrefix("/") {
            return folders.dropFirst().contains(where: path.hasPrefix) ? [path] : []
        }
        guard path.hasPrefix(own), !path.split(separator: "/").contains("..") else { return [path] }
        return folders.map { $0 + path.dropFirst(own.count) }
    }
}

/// For contracts that are whole.
struct NoFiles: DocumentLoader {
    func load(_ path: String) -> Bytes? { nil }
}
