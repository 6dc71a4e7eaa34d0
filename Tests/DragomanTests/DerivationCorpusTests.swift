import Buffers
import Canonical
import GRPC
import SOAP
import TestSupport
import Testing

/// The acceptance corpus of WSDLs as .proto files; runs where it stands beside the checkout.
@Suite(.enabled(if: Corpus.has("soap-open.tar.gz"))) struct DerivationCorpusTests {
    private struct Files: DocumentLoader {
        let files: [String: Bytes]

        func load(_ path: String) -> Bytes? { files[path] }
    }

    /// Every twentieth of those that are contracts: all of them take minutes in a debug build.
    private static let contracts: [(path: String, contract: Contract)] = {
        let unpacked = Corpus.unpack("soap-open.tar.gz")
        let files = Files(files: Dictionary(unpacked.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 }))
        let paths = files.files.keys.filter { $0.hasSuffix(".wsdl") }.sorted()
        return stride(from: 0, to: paths.count, by: 20).compactMap { index in
            let source = files.files[paths[index]] ?? Bytes()
            let read = try? WSDLReader().read(source, named: paths[index], loader: files)
            return read.map { (paths[index], $0.0) }
        }
    }()

    @Test func `a contract is a .proto file, with its lock the same`() throws {
        #expect(Self.contracts.count > 40)
        for (path, contract) in Self.contracts {
            let derivation = try ProtobufDerivation(contract)
            #expect(derivation.contract.operations.count == contract.operations.count, "\(path)")
            let keys = try #require(WSDLReader().keys(of: contract))
            let locker = ContractLocker(
                contract, keys: keys, lock: nil, addresses: .init(operation: { $0 }, service: { $0 }))
            let lock = ProtobufDerivation.complete(locker.lock, of: locker.contract, scalars: keys.scalars)
            let locked = try ProtobufDerivation(locker.contract, lock: lock, scalars: keys.scalars)
            #expect(locked.text == derivation.text, "\(path)")
        }
    }
}
