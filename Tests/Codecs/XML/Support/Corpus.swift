import Buffers
import Glibc

/// The acceptance corpus, where there is one: `$DRAGOMAN_CORPUS`, or `shared/corpus` beside the checkout.
enum Corpus {
    struct File: Sendable {
        let name: String
        let bytes: Bytes
    }

    static let isPresent = archive("xml-attacks") != nil

    /// The files of `name`.tar.gz.
    static func files(_ name: String) -> [File] {
        guard let path = archive(name), let pipe = popen("exec gzip -dc '\(path)'", "r") else { return [] }
        defer { pclose(pipe) }
        return untar(readAll(pipe))
    }

    private static func archive(_ name: String) -> String? {
        let folder = getenv("DRAGOMAN_CORPUS").map { String(cString: $0) }
        // Four folders up from here is the checkout.
        let checkout = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        let path = (folder ?? "/\(checkout)/../shared/corpus") + "/\(name).tar.gz"
        return access(path, R_OK) == 0 ? path : nil
    }

    private static func readAll(_ pipe: UnsafeMutablePointer<FILE>) -> Bytes {
        var all = ByteWriter(capacity: 1 << 20)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, pipe)
            if count == 0 { return all.finish() }
            all.append(chunk.span.bytes.extracting(first: count))
        }
    }

    /// Plain files of a ustar archive; 512-byte blocks, the name at 0, the size in octal at 124, the kind at 156.
    private static func untar(_ archive: Bytes) -> [File] {
        var files: [File] = []
        var place = 0
        var longName: String?
        while place + 512 <= archive.count, archive[place] != 0 {
            let header = archive[place..<(place + 512)]
            let size = Int(text(header, 124..<136), radix: 8) ?? 0
            let content = archive[(place + 512)..<(place + 512 + size)]
            let kind = header[156]
            if kind == UInt8(ascii: "L") {
                longName = text(content, 0..<size)
            } else {
                let prefix = text(header, 345..<500)
                let short = (prefix.isEmpty ? "" : prefix + "/") + text(header, 0..<100)
                if kind == UInt8(ascii: "0") || kind == 0 {
                    files.append(File(name: longName ?? short, bytes: content))
                }
                longName = nil
            }
            place += 512 + (size + 511) / 512 * 512
        }
        return files
    }

    private static func text(_ bytes: Bytes, _ range: Range<Int>) -> String {
        String(decoding: bytes[range].array.prefix { $0 != 0 && $0 != 0x20 }, as: UTF8.self)
    }
}
