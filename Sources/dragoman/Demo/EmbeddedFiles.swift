internal import Configuration

/// The files that the program brings along, so that the demo needs nothing but the binary.
struct EmbeddedFiles: FileSystem {
    /// The bank's contract; the build puts `wsdl/bank.wsdl` into the program.
    static let contract = PackageResources.bank_wsdl

    private let files = ["bank.wsdl": Self.contract]

    func read(_ path: String) throws(FileProblem) -> [UInt8] {
        guard let bytes = files[path] else { throw .missing }
        return bytes
    }

    func names(in folder: String) -> [String] {
        folder.isEmpty || folder == "." ? Array(files.keys) : []
    }
}
