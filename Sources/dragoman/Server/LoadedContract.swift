internal import Canonical
internal import Configuration
internal import JSONCodec
internal import SOAP
internal import XMLCodec

/// A contract, compiled for the formats of its faces and of its upstream; shared by all of its operations.
struct LoadedContract: Sendable {
    let contract: Contract
    let file: String
    let requests: JSONPlan
    let responses: JSONPlan
    let soap: SOAPPlan
    let soapVersion: SOAPVersion?

    init(_ contract: Contract, file: String, options: Configuration.SOAPOptions) {
        self.contract = contract
        self.file = file
        requests = JSONPlan(contract.schema, options: JSONOptions())
        responses = JSONPlan(contract.schema, options: JSONOptions())
        let validation: XMLOptions.Validation =
            switch options.validation {
            case .off: .off
            case .log: .log
            case .strict: .strict
            }
        soap = SOAPPlan(contract, validation: validation)
        soapVersion = options.version.flatMap { SOAPVersion(rawValue: $0.rawValue) }
    }

    /// The addresses that the contract names and that this version can call.
    var endpoints: [Configuration.Endpoint] {
        contract.endpoints.compactMap { Configuration.Endpoint($0) }
    }
}
