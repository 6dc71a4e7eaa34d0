internal import Canonical
internal import JSONCodec

// What an address takes beside a body.
extension OpenAPIDocument {
    /// - Parameter labels: The names of the path's parameters.
    func writeParameters(of address: RESTAddress, labels: [String], into json: inout JSONWriter) {
        let mapped = address.binding.mappings
        let query = queryParameters(of: address.binding)
        guard !mapped.isEmpty || !query.isEmpty || !labels.isEmpty else { return }
        json.member("parameters") { json in
            json.array { json in
                for (index, label) in labels.enumerated() {
                    let mapping = mapped.first { if case .path(index) = $0.source { true } else { false } }
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
                for (name, target) in query {
                    write(
                        parameter: name, in: "query", isRequired: isRequired(target, of: address), target, of: address,
                        into: &json)
                }
            }
        }
    }

    /// The parameters that no mapping names.
    private func queryParameters(of binding: RESTBinding) -> [(name: String, target: FieldMapping.Target)] {
        guard let rule = binding.rule else { return binding.freeQueryFields }
        let taken = Set(binding.mappings.map(\.target.names))
        return rule.query.parameters.filter { !taken.contains($0.names) }.map {
            ($0.names.joined(separator: "."), $0)
        }
    }

    private func write(
        parameter name: String, in place: String, isRequired: Bool, _ target: FieldMapping.Target?,
        of address: RESTAddress, into json: inout JSONWriter
    ) {
        let field = target.flatMap { self.field(at: $0.names, of: address.binding.operation.input) }
        json.object { json in
            json.member("name", name)
            json.member("in", place)
            json.member("required", isRequired)
            if let text = field?.documentation { json.member("description", text) }
            if case .map? = field?.type {
                // `name[key]=value`.
                json.member("style", "deepObject")
                json.member("explode", true)
            }
            json.member("schema") { json in
                guard let field else { return json.object { $0.member("type", "string") } }
                guard field.cardinality.isRepeated else { return writer.write(field.type, into: &json) }
                json.object { json in
                    json.member("type", "array")
                    json.member("items") { writer.write(field.type, into: &$0) }
                }
            }
        }
    }

    private func isRequired(_ target: FieldMapping.Target, of address: RESTAddress) -> Bool {
        target.names.count == 1
            && field(at: target.names, of: address.binding.operation.input)?.cardinality.isRequired == true
    }
}
