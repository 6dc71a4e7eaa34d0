import Canonical
import JSONCodec
import SOAP
import Testing
import XMLCodec

/// The acceptance corpus of WSDLs that nobody here wrote; runs where it stands beside the checkout.
@Suite(.enabled(if: WSDLCorpus.isPresent)) struct CorpusTests {
    private static let corpus = WSDLCorpus()

    @Test func `what zeep loads has zeep's operations`() {
        let entries = Self.corpus.index.filter { $0.isLiteral && $0.loadsInZeep }
        let others = entries.filter { (try? Self.corpus.count($0).get()) != $0.operations }
        let share = 1 - Double(others.count) / Double(entries.count)
        #expect(share >= 0.95, "\(others.count) of \(entries.count) differ: \(others.map(\.path))")
    }

    @Test func `contracts compile into plans of their codecs`() {
        for entry in Self.corpus.index.enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
            guard let contract = try? Self.corpus.read(entry).get() else { continue }
            _ = XMLPlan(contract.schema, globals: contract.annotations[XMLGlobals.self] ?? XMLGlobals())
            _ = JSONPlan(contract.schema)
        }
    }

    @Test func `every other file is a contract or an error with its place`() {
        for entry in Self.corpus.index where !(entry.isLiteral && entry.loadsInZeep) {
            guard case .failure(let error) = Self.corpus.count(entry) else { continue }
            #expect(error.diagnostics.first?.location != nil, "\(entry.path)")
        }
    }
}
