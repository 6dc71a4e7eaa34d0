internal import Canonical
internal import Configuration
internal import Engine
internal import HTTP
internal import JSONCodec
internal import REST
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
    /// Whether fields of types that only wrap an array are the array itself.
    let collapsesWrappers: Bool

    init(_ contract: Contract, file: String, options: Configuration.SOAPOptions) {
        self.contract = contract
        self.file = file
        var json = JSONOptions()
        collapsesWrappers = options.arrays == .collapsed
        json.collapsesWrappers = collapsesWrappers
        requests = JSONPlan(contract.schema, options: json)
        responses = JSONPlan(contract.schema, options: json)
        let validation: XMLOptions.Validation =
            switch options.validation {
            case .off: .off
            case .strict: .strict
            }
        soap = SOAPPlan(contract, validation: validation)
        soapVersion = options.version.flatMap { SOAPVersion(rawValue: $0.rawValue) }
    }

    /// The addresses that the contract names and that this version can call.
    var endpoints: [Configuration.Endpoint] {
        contract.endpoints.compactMap { Configuration.Endpoint($0) }
    }

    /// Where each of `operations` is offered: `/{under}/{operation}`, with the service between when there are several.
    func paths(of operations: [Operation], under: String) -> [(Operation, PathPattern)] {
        let isOne = Set(operations.map(\.service)).count == 1
        return operations.map { operation in
            let service = isOne ? "" : "/" + RESTAddress.kebabCase(operation.service)
            return (operation, PathPattern("\(under)\(service)/\(RESTAddress.kebabCase(operation.name))"))
        }
    }

    /// The default REST addresses of all operations.
    func addresses(under: String) -> [RESTAddress] {
        paths(of: contract.operations, under: under).compactMap { operation, path in
            let binding = try? RESTBinding(
                operation, schema: contract.schema, request: requests, response: responses)
            return binding.map { RESTAddress(method: .post, path: path, binding: $0) }
        }
    }
}
