public import Buffers

/// A plain file of a tar archive.
public struct TarFile: Sendable {
    /// Below the archive's one folder.
    public let path: String
    public let bytes: Bytes

    /// The plain files of `archive` in its order.
    ///
    /// Blocks of 512 bytes: the name at 0, the size in octal at 124, the kind at 156, the folder of a long name at 345;
    /// the kind `L` announces a name that is longer still (GNU).
    static func all(in archive: Bytes) -> [TarFile] {
        var files: [TarFile] = []
        var place = 0
        var longName: String?
        while place + 512 <= archive.count, archive[place] != 0 {
            let header = archive[place..<(place + 512)]
            let size = Int(text(header[124..<135]), radix: 8) ?? 0
            let content = archive[(place + 512)..<(place + 512 + size)]
            place += 512 + (size + 511) / 512 * 512
            if header[156] == UInt8(ascii: "L") {
                longName = text(content)
                continue
            }
            let folder = text(header[345..<500])
            let name = longName ?? (folder.isEmpty ? "" : folder + "/") + text(header[0..<100])
            longName = nil
            guard header[156] == UInt8(ascii: "0") || header[156] == 0 else { continue }
            files.append(TarFile(path: name.split(separator: "/").dropFirst().joined(separator: "/"), bytes: content))
        }
        return files
    }

    private static func text(_ bytes: Bytes) -> String {
        String(String(bytes).prefix { $0 != "\0" })
    }
}
