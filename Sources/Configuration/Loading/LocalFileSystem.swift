internal import FoundationEssentials

/// The files of this machine.
public struct LocalFileSystem: FileSystem {
    private let maximumBytes: Int

    /// - Parameter maximumBytes: The largest file to read; no configuration that people write is larger than 4 MiB.
    public init(maximumBytes: Int = 4 << 20) {
        self.maximumBytes = maximumBytes
    }

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
        // Where the whole of Foundation is linked it is a number of its own, which is an Int as well.
        guard let size = attributes[.size] as? UInt ?? (attributes[.size] as? Int).map(UInt.init(clamping:)),
            size <= maximumBytes
        else { throw .tooLarge(limit: maximumBytes) }
        guard let data = files.contents(atPath: path) else { throw .notReadable }
        return Array(data)
    }

    public func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    }
}
