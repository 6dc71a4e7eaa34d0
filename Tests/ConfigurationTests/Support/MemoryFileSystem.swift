import Configuration

/// Files that are only said to exist.
struct MemoryFileSystem: FileSystem {
    var files: [String: String] = [:]

    func read(_ path: String) throws(FileProblem) -> [UInt8] {
        guard let text = files[path] else { throw .missing }
        return Array(text.utf8)
    }

    func names(in folder: String) -> [String] {
        let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
        let names = files.keys.filter { $0.hasPrefix(prefix) }.compactMap { path in
            path.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
        }
        return Array(Set(names))
    }
}
