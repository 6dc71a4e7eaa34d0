import Buffers
import TestSupport
import Testing
import XMLCodec

@Suite struct AttackTests {
    @Test(.enabled(if: Corpus.has("xml-attacks.tar.gz")))
    func `every attack is met as the index says`() throws {
        let files = Corpus.unpack("xml-attacks.tar.gz")
        let index = try #require(files.first { $0.path == "INDEX.tsv" })
        for line in String(index.bytes).split(separator: "\n") {
            let columns = line.split(separator: "\t")
            let file = try #require(files.first { $0.path == columns[0] })
            guard let isRefused = expectation(String(columns[0]), String(columns[1])) else { continue }
            #expect(Self.isRefused(file.bytes) == isRefused, "\(line)")
        }
    }

    /// A translator's body limit and the tokenizer's defaults.
    private static func isRefused(_ bytes: Bytes) -> Bool {
        guard bytes.count <= 1 << 20, let document = try? XMLCharset.utf8(bytes) else { return true }
        return refusal(document) != nil
    }

    /// Nil where it is for SOAP to say: the document itself is good.
    private func expectation(_ name: String, _ verdict: String) -> Bool? {
        if name.hasPrefix("soap-") || verdict.hasPrefix("accept-or") {
            return name == "soap-multiref.xml" ? nil : false
        }
        return verdict.hasPrefix("reject") || verdict.hasPrefix("413")
    }
}
