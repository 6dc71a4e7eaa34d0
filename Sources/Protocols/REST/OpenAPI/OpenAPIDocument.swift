public import Buffers
public import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import ProtobufSchema

/// The REST face of a contract as OpenAPI 3.1: every address with its parameters, bodies, answers and failures.
public struct OpenAPIDocument {
    /// An address with what is unique in the document.
    private struct Place {
        let address: RESTAddress
        let id: String
        let labels: PathLabels
    }

    /// The methods that OpenAPI 3.1 has places for.
    private static let methods: Set<HTTPMethod> = [.get, .put, .post, .delete, .options, .head, .patch, .trace]

    let contract: Contract
    let writer: JSONSchemaWriter
    private let places: [Place]

    /// - Parameter addresses: The operations' addresses, in the order to be shown.
    public init(_ contract: Contract, addresses: [RESTAddress]) {
        self.contract = contract
        var ids = UniqueNames()
        var labels: [PathPattern: PathLabels] = [:]
        places = addresses.map { address in
            // The first address of a path names its parameters for all.
            let shape = PathLabels.shape(of: address.path)
            let path = labels[shape] ?? PathLabels(address.path)
            labels[shape] = path
            return Place(address: address, id: ids.add(Self.operationID(address, among: addresses)), labels: path)
        }
        writer = JSONSchemaWriter(
            schema: contract.schema, prefix: "#/components/schemas/",
            collapsesWrappers: addresses.contains(where: \.binding.collapsesWrappers),
            isOpen: addresses.contains(where: \.binding.ignoresUnknownMembers),
            shape: addresses.first?.binding.shape ?? JSONShape(), reserved: [ProblemSchema.name])
    }

    /// The document as JSON.
    public func text() -> Bytes {
        var json = JSONWriter(capacity: 32 * 1024)
        json.object { json in
            json.member("openapi", "3.1.0")
            json.member("info") { json in
                json.object { json in
                    json.member("title", contract.name)
                    json.member("version", "1")
                    if let text = contract.documentation { json.member("description", text) }
                }
            }
            json.member("servers") { $0.array { $0.object { $0.member("url", "/") } } }
            json.member("paths") { writePaths(into: &$0) }
            json.member("components") { $0.object { $0.member("schemas") { writeComponents(into: &$0) } } }
        }
        return json.finish()
    }

    // MARK: Paths

    private func writePaths(into json: inout JSONWriter) {
        var order: [String] = []
        var byPath: [String: [Place]] = [:]
        for place in places {
            if byPath[place.labels.text] == nil { order.append(place.labels.text) }
            byPath[place.labels.text, default: []].append(place)
        }
        json.object { json in
            for path in order { json.member(path) { write(byPath[path] ?? [], into: &$0) } }
        }
    }

    /// The operations at one path.
    private func write(_ places: [Place], into json: inout JSONWriter) {
        let others = places.filter { !Self.methods.contains($0.address.method) }
        json.object { json in
            for place in places where Self.methods.contains(place.address.method) {
                json.member(place.address.method.description.lowercased()) { write(place, into: &$0) }
            }
            if others.isEmpty { return }
            json.member("x-additional-operations") { json in
                json.object { json in
                    for place in others { json.member(place.address.method.description) { write(place, into: &$0) } }
                }
            }
        }
    }

    private func write(_ place: Place, into json: inout JSONWriter) {
        let operation = place.address.binding.operation
        json.object { json in
            json.member("operationId", place.id)
            json.member("tags") { $0.array { $0.value(operation.service) } }
            json.member("summary", operation.name)
            if let text = operation.documentation { json.member("description", text) }
            writeParameters(of: place.address, labels: place.labels.names, into: &json)
            writeRequestBody(place.address, into: &json)
            json.member("responses") { writeResponses(place.address, into: &$0) }
        }
    }

    /// The operation's name where it has one address, else with its method and place.
    private static func operationID(_ address: RESTAddress, among addresses: [RESTAddress]) -> String {
        let name = address.binding.operation.name
        guard addresses.count(where: { $0.binding.operation.name == name }) > 1 else { return name }
        let path = PathLabels(address.path).text.map { $0.isLetter || $0.isNumber ? $0 : "_" }
        return "\(name)_\(address.method.description.lowercased())\(String(path))"
    }

    // MARK: Components

    /// All types of the contract; of protobuf's, whose files bring many more along, those that an operation leads to.
    private func writeComponents(into json: inout JSONWriter) {
        let used = reachable
        json.object { json in
            json.member(ProblemSchema.name) { ProblemSchema.write(into: &$0) }
            for index in contract.schema.messages.indices {
                let id = MessageID(index)
                if contract.schema[id].annotations[ProtobufMessage.self] != nil, !used.contains(id) { continue }
                json.member(writer.componentName(id)) { writer.write(component: id, into: &$0) }
            }
        }
    }

    private var reachable: Set<MessageID> {
        var seen: Set<MessageID> = []
        var types = places.flatMap { place in
            let operation = place.address.binding.operation
            return [operation.input, operation.output] + operation.faults.map(\.type)
        }
        while let type = types.popLast() {
            switch type {
            case .message(let id):
                guard seen.insert(id).inserted else { continue }
                types += contract.schema[id].fields.map(\.type)
                types += contract.schema[id].derived.map { .message($0) }
            case .map(_, let value): types.append(value)
            case .scalar, .any, .nothing: break
            }
        }
        return seen
    }

    /// The field that `names` lead to from a message.
    func field(at names: [String], of input: ValueType) -> Field? {
        var type = input
        var found: Field?
        for name in names {
            guard case .message(let id) = type else { return nil }
            found = contract.schema[id].fields.first { $0.name == name }
            type = found?.type ?? .nothing
        }
        return found
    }
}
