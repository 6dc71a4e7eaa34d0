import Buffers
import TestSupport
import Testing

/// One raw request of the acceptance corpus and how it is to be met.
struct CorpusCase: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var expect: String

    var testDescription: String { name }

    static let all: [CorpusCase] = String(Corpus.read("http1/open.jsonl")).split(separator: "\n").compactMap { line in
        guard let name = member("name", of: line), let bytes = member("bytes_base64", of: line),
            let expect = member("expect", of: line)
        else { return nil }
        return CorpusCase(name: name, bytes: decodeBase64(bytes), expect: expect)
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
