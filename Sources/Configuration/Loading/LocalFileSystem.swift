internal import FoundationEssentials

/// The files of this machine.
public struct LocalFileSystem: FileSystem {
    /// No configuration that people write is larger.
    private static let maximumBytes = 4 << 20

    public init() {}

    public func read(_ path: String) throws(FileProblem) -> [UInt8] {
        let files = FileManager.default
        var attributes: [FileAttributeKey: Any]
        do {
            // Follows links, so that mounted secrets, which are links, are read.
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            attributes = try files.attributesOfItem(atPath: target)
        } catch {
            throw .missing
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw .notAFile }
        guard let size = attributes[.size] as? Int ?? (attributes[.size] as? UInt64).map(Int.init(clamping:)),
            size <= Self.maximumBytes
        else { throw .tooLarge(limit: Self.maximumBytes) }
        guard let data = files.contents(atPath: path) else { throw .notReadable }
        return Array(data)
    }

    public func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    }
}
