public import Buffers
public import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// The REST face of a contract as OpenAPI 3.1: every address with its parameters, bodies, answers and failures.
public struct OpenAPIDocument {
    private let contract: Contract
    private let addresses: [(address: RESTAddress, id: String)]
    private let writer: JSONSchemaWriter

    /// - Parameter addresses: The operations' addresses, in the order to be shown.
    public init(_ contract: Contract, addresses: [RESTAddress]) {
        self.contract = contract
        var ids = UniqueNames()
        self.addresses = addresses.map { ($0, ids.add(Self.operationID($0, among: addresses))) }
        writer = JSONSchemaWriter(
            schema: contract.schema, prefix: "#/components/schemas/",
            collapsesWrappers: addresses.contains(where: \.binding.collapsesWrappers),
            isOpen: addresses.contains(where: \.binding.ignoresUnknownMembers), reserved: [ProblemSchema.name])
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
        var byPath: [String: [(address: RESTAddress, id: String)]] = [:]
        for place in addresses {
            let path = Self.template(place.address.path)
            if byPath[path] == nil { order.append(path) }
            byPath[path, default: []].append(place)
        }
        json.object { json in
            for path in order {
                json.member(path) { json in
                    json.object { json in
                        for (address, id) in byPath[path] ?? [] {
                            json.member(address.method.description.lowercased()) { write(address, id, into: &$0) }
                        }
                    }
                }
            }
        }
    }

    /// `/accounts/:id` as `/accounts/{id}`.
    private static func template(_ path: PathPattern) -> String {
        path.segments.map { segment in
            switch segment {
            case .literal(let bytes): "/" + String(decoding: bytes, as: UTF8.self)
            case .parameter(let name): "/{\(name)}"
            case .wildcard: "/{segment}"
            case .rest: "/{rest}"
            }
        }.joined() + (path.verb.map { ":" + $0 } ?? "")
    }

    private func write(_ address: RESTAddress, _ id: String, into json: inout JSONWriter) {
        let operation = address.binding.operation
        json.object { json in
            json.member("operationId", id)
            json.member("tags") { $0.array { $0.value(operation.service) } }
            json.member("summary", operation.name)
            if let text = operation.documentation { json.member("description", text) }
            writeParameters(address, into: &json)
            writeRequestBody(address, into: &json)
            json.member("responses") { writeResponses(address, into: &$0) }
        }
    }

    /// The operation's name where it has one address, else with its method and place.
    private static func operationID(_ address: RESTAddress, among addresses: [RESTAddress]) -> String {
        let name = address.binding.operation.name
        guard addresses.count(where: { $0.binding.operation.name == name }) > 1 else { return name }
        let path = template(address.path).map { $0.isLetter || $0.isNumber ? $0 : "_" }
        return "\(name)_\(address.method.description.lowercased())\(String(path))"
    }

    private func writeParameters(_ address: RESTAddress, into json: inout JSONWriter) {
        let mapped = address.binding.mappings
        let free = address.binding.freeQueryFields
        guard !mapped.isEmpty || !free.isEmpty || !address.path.captureNames.isEmpty else { return }
        json.member("parameters") { json in
            json.array { json in
                for (index, name) in address.path.captureNames.enumerated() {
                    let mapping = mapped.first { if case .path(index) = $0.source { true } else { false } }
                    let label = name == "*" ? "segment" : name == "**" ? "rest" : name
                    write(parameter: label, in: "path", isRequired: true, mapping?.target, of: address, into: &json)
                }
                for mapping in mapped {
                    let (name, place): (String, String)
                    switch mapping.source {
                    case .path, .segments, .body: continue
                    case .query(let query): (name, place) = (query, "query")
                    case .header(let header): (name, place) = (header, "header")
                    }
                    write(
                        parameter: name, in: place, isRequired: isRequired(mapping.target, of: address), mapping.target,
                        of: address, into: &json)
                }
                for (name, target) in free {
                    write(
                        parameter: name, in: "query", isRequired: isRequired(target, of: address), target, of: address,
                        into: &json)
                }
            }
        }
    }

    private func write(
        parameter name: String, in place: String, isRequired: Bool, _ target: FieldMapping.Target?,
        of address: RESTAddress, into json: inout JSONWriter
    ) {
        json.object { json in
            json.member("name", name)
            json.member("in", place)
            json.member("required", isRequired)
            json.member("schema") { json in
                guard let target, let field = field(at: target.names, of: address.binding.operation.input) else {
                    return json.object { $0.member("type", "string") }
                }
                if field.cardinality.isRepeated {
                    json.object { json in
                        json.member("type", "array")
                        json.member("items") { writer.write(field.type, into: &$0) }
                    }
                } else {
                    writer.write(field.type, into: &json)
                }
            }
        }
    }

    private func field(at names: [String], of input: ValueType) -> Field? {
        var type = input
        var found: Field?
        for name in names {
            guard case .message(let id) = type else { return nil }
            found = contract.schema[id].fields.first { $0.name == name }
            type = found?.type ?? .nothing
        }
        return found
    }

    private func isRequired(_ target: FieldMapping.Target, of address: RESTAddress) -> Bool {
        target.names.count == 1
            && field(at: target.names, of: address.binding.operation.input)?.cardinality.isRequired == true
    }

    // MARK: Bodies

    private func writeRequestBody(_ address: RESTAddress, into json: inout JSONWriter) {
        let input = address.binding.operation.input
        if case .nothing = input { return }
        if address.binding.bindsQuery { return }
        if let names = address.binding.rule?.bodyField?.names, let field = field(at: names, of: input) {
            return json.member("requestBody") { json in
                json.object { writeContent("application/json", into: &$0) { writer.write(field, into: &$0) } }
            }
        }
        let omitted = Set(
            address.binding.mappings.compactMap { $0.target.names.count == 1 ? $0.target.names[0] : nil })
        let moved = moved(by: address.binding)
        if case .message(let id) = input, moved.isEmpty,
            Set(contract.schema[id].fields.map(\.name)).isSubset(of: omitted)
        {
            return
        }
        json.member("requestBody") { json in
            json.object { json in
                json.member("required", true)
                writeContent("application/json", into: &json) { json in
                    if case .message(let id) = input, !omitted.isEmpty || !moved.isEmpty {
                        writer.write(component: id, omitting: omitted, adding: moved, into: &json)
                    } else {
                        writer.write(root: input, into: &json)
                    }
                }
            }
        }
    }

    /// Where in the body the members stand that move from there.
    private func moved(by binding: RESTBinding) -> PropertyTree {
        var tree = PropertyTree()
        for mapping in binding.mappings {
            guard case .body(let names) = mapping.source,
                let field = field(at: mapping.target.names, of: binding.operation.input)
            else { continue }
            tree.insert(field, at: names[...])
        }
        return tree
    }

    private func writeResponses(_ address: RESTAddress, into json: inout JSONWriter) {
        let binding = address.binding
        json.object { json in
            json.member(String(binding.successStatus)) { json in
                json.object { json in
                    json.member("description", "Success")
                    guard case .nothing = binding.operation.output else {
                        return writeContent("application/json", into: &json) { writeOutput(binding, into: &$0) }
                    }
                }
            }
            for (status, faults) in faultsByStatus(binding) {
                json.member(String(status)) { json in
                    json.object { json in
                        json.member("description", faults.map(\.name).joined(separator: ", "))
                        writeContent("application/problem+json", into: &json) { writeFaults(faults, into: &$0) }
                    }
                }
            }
            json.member("default") { json in
                json.object { json in
                    json.member("description", "Failure")
                    writeContent("application/problem+json", into: &json) { json in
                        json.object { $0.member("$ref", "#/components/schemas/" + ProblemSchema.name) }
                    }
                }
            }
        }
    }

    private func writeOutput(_ binding: RESTBinding, into json: inout JSONWriter) {
        guard let index = binding.unwrapped, case .message(let id) = binding.operation.output else {
            return writer.write(root: binding.operation.output, into: &json)
        }
        let field = contract.schema[id].fields[index]
        guard field.cardinality.isRepeated else {
            return writer.write(field.type, isNillable: field.isNillable, into: &json)
        }
        json.object { json in
            json.member("type", "array")
            json.member("items") { writer.write(field.type, isNillable: field.isNillable, into: &$0) }
        }
    }

    private func faultsByStatus(_ binding: RESTBinding) -> [(Int, [FaultType])] {
        let mapped = Dictionary(grouping: binding.operation.faults) { binding.faults[$0.name] ?? 502 }
        return mapped.filter { $0.key != binding.successStatus }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func writeFaults(_ faults: [FaultType], into json: inout JSONWriter) {
        json.object { json in
            json.member("allOf") { json in
                json.array { json in
                    json.object { $0.member("$ref", "#/components/schemas/" + ProblemSchema.name) }
                    json.object { json in
                        json.member("properties") { json in
                            json.object {
                                $0.member("details") { ProblemSchema.writeDetails(faults, writer, into: &$0) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func writeContent(
        _ type: String, into json: inout JSONWriter, schema: (inout JSONWriter) -> Void
    ) {
        json.member("content") { json in
            json.object { json in
                json.member(type) { json in json.object { json in json.member("schema", schema) } }
            }
        }
    }

    // MARK: Components

    private func writeComponents(into json: inout JSONWriter) {
        json.object { json in
            json.member(ProblemSchema.name) { ProblemSchema.write(into: &$0) }
            for index in contract.schema.messages.indices {
                let id = MessageID(index)
                json.member(writer.componentName(id)) { writer.write(component: id, into: &$0) }
            }
        }
    }
}
