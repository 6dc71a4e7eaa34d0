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
    let requests: JSONPlan
    let responses: JSONPlan
    let soap: SOAPPlan
    let soapVersion: SOAPVersion?
    /// Whether fields of types that only wrap an array are the array itself.
    let collapsesWrappers: Bool

    /// - Parameter observer: Is told of answers that break the contract, where the upstream wants that.
    init(_ contract: Contract, of upstream: Configuration.Upstream, observer: (any AnswerObserver)?) {
        self.contract = contract
        var json = JSONOptions()
        collapsesWrappers = upstream.soap.arrays == .collapsed
        json.collapsesWrappers = collapsesWrappers
        responses = JSONPlan(contract.schema, options: json)
        json.ignoresUnknownMembers = upstream.json.unknownMembers == .ignore
        requests = JSONPlan(contract.schema, options: json)
        soap = SOAPPlan(contract, answers: XMLOptions(upstream.soap), observer: observer)
        soapVersion = upstream.soap.version.flatMap { SOAPVersion(rawValue: $0.rawValue) }
    }

    /// The addresses that the contract names and that this version can call.
    var endpoints: [Configuration.Endpoint] {
        contract.endpoints.compactMap { Configuration.Endpoint($0) }
    }

    /// Where each of `operations` is offered: where its lock says, else `/{under}/{operation}`, with the service between
    /// when there are several.
    func paths(of operations: [Operation], under: String) -> [(Operation, PathPattern)] {
        let isOne = Set(operations.map(\.service)).count == 1
        return operations.map { operation in
            if let locked = operation.annotations[LockedAddress.self] {
                let segment = locked.segment.isEmpty ? "" : "/" + locked.segment
                return (operation, PathPattern("\(under)\(segment)/\(locked.address)"))
            }
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

extension XMLOptions {
    /// How answers are read.
    fileprivate init(_ configured: Configuration.SOAPOptions) {
        let validation: Validation =
            switch configured.validation {
            case .off: .off
            case .log: .log
            case .strict: .strict
            }
        let unknown: Unknown =
            switch configured.unknown {
            case .keep: .keep
            case .ignore: .ignore
            case .reject: .reject
            case nil: validation == .strict ? .reject : .keep
            }
        self.init(validation: validation, unknown: unknown, origin: .upstream)
        fillsDefaults = configured.fillsDefaults
    }
}
