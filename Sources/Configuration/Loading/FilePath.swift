/// Paths as text: `/` parts folders.
enum FilePath {
    /// `path` as seen from the working folder, when `file` says it.
    static func resolve(_ path: String, besides file: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        let folder = folder(of: file)
        return folder.isEmpty ? path : (folder == "/" ? "/" : folder + "/") + path
    }

    /// Everything before the last `/`, empty when there is none.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What no two spellings of the same place differ in: without `.`, `..` and repeated slashes.
    static func normalised(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == "..", let last = segments.last, last != ".." {
                segments.removeLast()
            } else {
                segments.append(segment)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + segments.joined(separator: "/")
    }
}
