internal import Buffers
internal import Canonical
internal import XMLCodec

/// Loads and parses the documents that a contract is made of, within limits.
final class DocumentSet {
    static let maximumDocuments = 256
    static let maximumBytes = 64 * 1024 * 1024

    private let loader: any DocumentLoader
    private let findings: Findings
    private var count = 0
    private var bytes = 0

    init(loader: any DocumentLoader, findings: Findings) {
        self.loader = loader
        self.findings = findings
    }

    /// The root of the document at `path`.
    ///
    /// - Parameter referrer: Where it is referred to, for the finding when it cannot be read.
    /// - Returns: nil when there is no such document; a finding says why when there is one that cannot be read.
    func root(at path: String, referrer: SourceLocation) -> ContractElement? {
        guard let source = loader.load(path) else { return nil }
        do {
            return try root(of: source, named: path)
        } catch {
            findings.add(Diagnostic(.warning, error.rule, error.message, at: error.location))
            findings.note(error.rule, "The document '\(path)' is referred to here.", at: referrer)
            return nil
        }
    }

    func exists(_ path: String) -> Bool { loader.load(path) != nil }

    /// Parses a document; what is thrown has the place of the fault in it.
    func root(of source: Bytes, named path: String) throws(Diagnostic) -> ContractElement {
        count += 1
        bytes += source.count
        guard count <= Self.maximumDocuments, bytes <= Self.maximumBytes else {
            throw Diagnostic(
                .error, "wsdl.too-large",
                "The contract has more than \(Self.maximumDocuments) documents or \(Self.maximumBytes >> 20) MiB.",
                at: SourceLocation(file: path, line: 1, column: 1))
        }
        var text = source
        do throws(XMLError) {
            if source.count > XMLLimits.contract.documentBytes { throw XMLError(.tooLarge, at: 0) }
            text = try XMLCharset.utf8(source)
            return try ContractTree.read(text)
        } catch {
            let place = error.position(in: text)
            throw Diagnostic(
                .error, error.reason.rawValue, error.message,
                at: SourceLocation(file: path, line: place.line, column: place.column))
        }
    }
}
