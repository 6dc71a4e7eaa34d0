public import Buffers

/// Reads one kind of contract document.
public protocol ContractReader: Sendable {
    /// File name endings that it recognises, lower case without the dot.
    var fileExtensions: [String] { get }

    /// Reads the document in `source` and what it imports.
    ///
    /// - Parameters:
    ///   - source: The whole document.
    ///   - file: Its path, the base of relative imports.
    ///   - loader: Gives the bytes of an imported document.
    /// - Returns: The contract with the warnings found on the way.
    func read(_ source: Bytes, named file: String, loader: any DocumentLoader) throws(ContractError) -> (
        Contract, [Diagnostic]
    )

    /// What the names of `contract`, which this reader read, are derived from; nil where all of them are the document's
    /// own, so that nothing needs to be locked.
    func keys(of contract: Contract) -> ContractKeys?
}

extension ContractReader {
    public func keys(of contract: Contract) -> ContractKeys? { nil }
}

/// Gives the bytes of documents that a contract imports. Reads files below allowed folders; never the network.
public protocol DocumentLoader: Sendable {
    /// The bytes of the document at `path`, nil when there is none or it may not be read.
    func load(_ path: String) -> Bytes?
}
