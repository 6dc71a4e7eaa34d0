import Configuration

/// Files by path.
struct MemoryFiles: FileSystem {
    var files: [String: String]

    func read(_ path: String) throws(FileProblem) -> [UInt8] {
        guard let text = files[path] else { throw .missing }
        return Array(text.utf8)
    }

    func names(in folder: String) -> [String] { [] }
}
