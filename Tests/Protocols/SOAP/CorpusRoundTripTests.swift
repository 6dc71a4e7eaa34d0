import Buffers
import Canonical
import SOAP
import Testing
import XMLCodec

/// Messages that nobody here wrote keep what they say on their way through JSON (TRANSLATION R21); runs where the corpus
/// stands beside the checkout.
@Suite(.enabled(if: WSDLCorpus.isPresent)) struct CorpusRoundTripTests {
    @Test func `samples are the same after a round trip`() {
        let corpus = WSDLCorpus()
        var tally: [String: Int] = [:]
        var different: [String] = []
        for entry in corpus.index where entry.isLiteral {
            guard let folder = entry.path.lastIndex(of: "/").map({ String(entry.path[...$0]) }),
                Self.mayHaveSamples(folder),
                let bytes = corpus.load(entry.path),
                let (contract, _) = try? WSDLReader().read(bytes, named: entry.path, loader: corpus)
            else { continue }
            let plan = SOAPPlan(contract).xml
            let root = try? XMLElement.read(bytes)
            let bindings = root?.children.filter { $0.local == "binding" }.compactMap { $0.attribute("name") } ?? []
            for path in Self.paths(in: folder, of: contract, bindings) {
                guard let sample = Sample(path, in: corpus) else { continue }
                switch sample.roundTrip(contract, plan) {
                case .same: tally["same", default: 0] += 1
                case .notOurs: tally["not ours", default: 0] += 1
                case .different(let what): different.append("\(path): \(what)")
                }
            }
        }
        #expect(tally["same", default: 0] >= 100, "\(tally)")
        #expect(different == [], "\(tally)")
    }

    private static func mayHaveSamples(_ folder: String) -> Bool {
        folder.contains("-samples/") || folder.contains("/services/")
    }

    /// Where messages of the contract may lie: beside it, or in a folder of its binding's.
    private static func paths(in folder: String, of contract: Contract, _ bindings: [String]) -> [String] {
        let places = bindings.map { "\(folder)operations/\($0)/" }
        let names = Set(contract.operations.map(\.name)).sorted()
        return ["\(folder)request.xml", "\(folder)response.xml"]
            + places.flatMap { place in
                names.flatMap { ["\(place)\($0).request.xml", "\(place)\($0).response.xml"] }
            }
    }
}
