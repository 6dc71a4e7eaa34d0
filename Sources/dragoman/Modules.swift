internal import Canonical
internal import ProtobufSchema
internal import SOAP

/// The one list of what this build is made of. A new protocol adds its lines here and nowhere else.
enum Modules {
    /// Readers of contracts, asked in order by the ending of the file's name.
    static let contractReaders: [any ContractReader] = [WSDLReader(), ProtobufContractReader()]
}
