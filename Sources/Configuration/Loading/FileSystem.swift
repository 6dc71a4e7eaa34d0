/// Where configuration files come from.
public protocol FileSystem: Sendable {
    /// The bytes of the file at `path`.
    func read(_ path: String) throws(FileProblem) -> [UInt8]

    /// The names in the folder at `path`, in any order; empty when there is no such folder.
    func names(in folder: String) -> [String]
}

/// Why a file cannot be read.
public enum FileProblem: Error, Sendable, Equatable {
    case missing, notReadable, notAFile, tooLarge(limit: Int)

    /// What it is, to follow "cannot read the file: ".
    public var sentence: String {
        switch self {
        case .missing: "there is no such file"
        case .notReadable: "it may not be read"
        case .notAFile: "it is not a regular file"
        case .tooLarge(let limit): "it is larger than \(Size.text(limit))"
        }
    }
}

extension FileSystem {
    /// The files that `pattern` names, sorted. `*` and `?` stand for characters of one name, in any part of the path.
    func glob(_ pattern: String) -> [String] {
        var found = [pattern.hasPrefix("/") ? "/" : ""]
        for segment in pattern.split(separator: "/") {
            found = found.flatMap { folder -> [String] in
                let names =
                    Glob.isPattern(segment) ? names(in: folder).filter { Glob.matches($0, segment) } : [String(segment)]
                return names.map { folder.isEmpty || folder == "/" ? folder + $0 : folder + "/" + $0 }
            }
        }
        return found.sorted()
    }
}
