import Buffers
import Canonical
import SOAP
import TestSupport

/// The acceptance corpus of WSDLs, where there is one.
struct WSDLCorpus: DocumentLoader, Sendable {
    /// One line of its `INDEX.tsv`.
    struct Entry: Sendable {
        var path: String
        var loadsInZeep: Bool
        var isLiteral: Bool
        /// zeep's count: distinct operation names of each port's binding, SOAP and HTTP alike.
        var operations: Int
    }

    static let isPresent = Corpus.has(archive)
    private static let archive = "soap-open.tar.gz"

    let index: [Entry]
    private let files: [String: Bytes]

    init() {
        let unpacked = Corpus.unpack(Self.archive)
        files = Dictionary(unpacked.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
        let lines = files["INDEX.tsv"].map(String.init) ?? ""
        index = lines.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count >= 8, let operations = Int(columns[7]) else { return nil }
            return Entry(
                path: columns[0], loadsInZeep: columns[1] == "yes",
                isLiteral: columns[5].contains("document/literal") || columns[5].contains("rpc/literal"),
                operations: operations)
        }
    }

    /// How many operations our reading of `entry` has when they are counted as zeep counts them.
    func count(_ entry: Entry) -> Result<Int, ContractError> {
        read(entry).map { contract in
            (contract.annotations[SOAPPorts.self]?.ports ?? []).reduce(0) { count, port in
                count + Set(port.operations).count + (port.binding == .http ? Set(port.refused).count : 0)
            }
        }
    }

    func read(_ entry: Entry) -> Result<Contract, ContractError> {
        Result { () throws(ContractError) -> (Contract, [Diagnostic]) in
            try WSDLReader().read(load(entry.path) ?? Bytes(), named: entry.path, loader: self)
        }.map(\.0)
    }

    func load(_ path: String) -> Bytes? { files[path] }
}
