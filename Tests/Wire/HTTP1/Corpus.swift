import Glibc
import Testing

/// The acceptance corpus, where it stands beside the checkout.
struct CorpusCase: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var expect: String

    var testDescription: String { name }

    static let all: [CorpusCase] = {
        let named = getenv("DRAGOMAN_CORPUS").map { String(cString: $0) }
        let found = lines(of: (named ?? "../shared/corpus") + "/http1/open.jsonl")
        return found.compactMap { line in
            guard let name = member("name", of: line), let bytes = member("bytes_base64", of: line),
                let expect = member("expect", of: line)
            else { return nil }
            return CorpusCase(name: name, bytes: decodeBase64(bytes), expect: expect)
        }
    }()

    private static func lines(of path: String) -> [Substring] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    /// The text of a member; the corpus has no escaped quotes in those that matter.
    private static func member(_ key: String, of line: Substring) -> String? {
        guard let start = line.firstRange(of: "\"\(key)\": \"")?.upperBound else { return nil }
        guard let end = line[start...].firstIndex(of: "\"") else { return nil }
        return String(line[start..<end])
    }

    private static func decodeBase64(_ text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, Int) = (0, 0)
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { break }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
