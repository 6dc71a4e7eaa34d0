public import Buffers
public import Canonical
internal import JSONCodec

/// All types of a contract as one JSON Schema document with `$defs`.
public struct JSONSchemaDocument {
    private let contract: Contract

    public init(_ contract: Contract) {
        self.contract = contract
    }

    public func text() -> Bytes {
        let writer = JSONSchemaWriter(schema: contract.schema, prefix: "#/$defs/")
        var json = JSONWriter(capacity: 16 * 1024)
        json.object { json in
            json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
            json.member("title", contract.name)
            json.member("$defs") { json in
                json.object { json in
                    for index in contract.schema.messages.indices {
                        let id = MessageID(index)
                        json.member(writer.componentName(id)) { writer.write(component: id, into: &$0) }
                    }
                }
            }
        }
        return json.finish()
    }
}
