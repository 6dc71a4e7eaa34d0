internal import Canonical
internal import JSONCodec

// What requests and answers have in their bodies.
extension OpenAPIDocument {
    func writeRequestBody(_ address: RESTAddress, into json: inout JSONWriter) {
        let binding = address.binding
        if case .nothing = binding.operation.input { return }
        if binding.bindsQuery { return }
        if binding.rawRequest != nil {
            return json.member("requestBody") { json in json.object { writeBytes(into: &$0) } }
        }
        if let names = binding.rule?.bodyField?.names, let field = field(at: names, of: binding.operation.input) {
            return json.member("requestBody") { json in
                json.object { writeContent(["application/json"], into: &$0) { writer.write(field, into: &$1) } }
            }
        }
        writeMessageBody(binding, into: &json)
    }

    /// The body that is the message, or a stream of them, without what comes from elsewhere.
    private func writeMessageBody(_ binding: RESTBinding, into json: inout JSONWriter) {
        let input = binding.operation.input
        let omitted = Set(binding.mappings.compactMap { $0.target.names.count == 1 ? $0.target.names[0] : nil })
        let moved = moved(by: binding)
        if case .message(let id) = input, moved.isEmpty,
            Set(contract.schema[id].fields.map(\.name)).isSubset(of: omitted), !contract.schema[id].fields.isEmpty
        {
            return
        }
        let types = binding.isRequestStream ? ["application/json", "application/x-ndjson"] : ["application/json"]
        json.member("requestBody") { json in
            json.object { json in
                json.member("required", true)
                writeContent(types, into: &json) { type, json in
                    let isArray = binding.isRequestStream && type == "application/json"
                    writeArray(isArray, into: &json) { json in
                        if case .message(let id) = input, !omitted.isEmpty || !moved.isEmpty {
                            writer.write(component: id, omitting: omitted, adding: moved, into: &json)
                        } else {
                            writer.write(root: input, into: &json)
                        }
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

    func writeResponses(_ address: RESTAddress, into json: inout JSONWriter) {
        let binding = address.binding
        json.object { json in
            json.member(String(binding.successStatus)) { json in
                json.object { json in
                    json.member("description", "Success")
                    writeSuccess(binding, into: &json)
                }
            }
            for (status, faults) in faultsByStatus(binding) {
                json.member(String(status)) { json in
                    json.object { json in
                        json.member("description", faults.map(\.name).joined(separator: ", "))
                        writeContent(["application/problem+json"], into: &json) { writeFaults(faults, into: &$1) }
                    }
                }
            }
            json.member("default") { json in
                json.object { json in
                    json.member("description", "Failure")
                    writeContent(["application/problem+json"], into: &json) { _, json in
                        json.object { $0.member("$ref", "#/components/schemas/" + ProblemSchema.name) }
                    }
                }
            }
        }
    }

    private func writeSuccess(_ binding: RESTBinding, into json: inout JSONWriter) {
        if case .nothing = binding.operation.output { return }
        if binding.rawResponse != nil { return writeBytes(into: &json) }
        let forms = binding.stream.map { [$0] } ?? StreamForm.allCases
        let types = binding.isResponseStream ? forms.map(\.contentType) : ["application/json"]
        writeContent(types, into: &json) { type, json in
            let isArray = binding.isResponseStream && type == StreamForm.array.contentType
            writeArray(isArray, into: &json) { writeOutput(binding, into: &$0) }
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

    /// Bytes of any type.
    private func writeBytes(into json: inout JSONWriter) {
        json.member("content") { json in json.object { $0.member("*/*") { $0.object { _ in } } } }
    }

    /// The schema of the items of an array, or of what is none: one line or event of a stream.
    private func writeArray(_ isArray: Bool, into json: inout JSONWriter, _ items: (inout JSONWriter) -> Void) {
        guard isArray else { return items(&json) }
        json.object { json in
            json.member("type", "array")
            json.member("items") { items(&$0) }
        }
    }

    private func writeContent(
        _ types: [String], into json: inout JSONWriter, schema: (String, inout JSONWriter) -> Void
    ) {
        json.member("content") { json in
            json.object { json in
                for type in types {
                    json.member(type) { json in json.object { json in json.member("schema") { schema(type, &$0) } } }
                }
            }
        }
    }
}
