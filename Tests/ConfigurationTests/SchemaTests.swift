import Configuration
import Testing

@Suite struct SchemaTests {
    private let schema = Configuration.schema

    @Test func `the schema names its dialect and refuses unknown keys`() {
        #expect(schema["$schema"]?.text() == #""https://json-schema.org/draft/2020-12/schema""#)
        #expect(schema["additionalProperties"]?.text() == "false")
        #expect(schema["required"]?.text(indented: false) == #"["version","listeners"]"#)
    }

    @Test func `the schema tells defaults, ranges and what keys are for`() {
        let limits = schema["properties"]?["listeners"]?["additionalProperties"]?["properties"]?["limits"]?[
            "properties"]
        #expect(limits?["connections_per_ip"]?["default"]?.text() == "256")
        #expect(limits?["header_bytes"]?["default"]?.text() == #""32KiB""#)
        #expect(limits?["body"]?["default"] == nil)
        #expect(limits?["connections_per_ip"]?["description"]?.text() == #""Connections of one address.""#)
        let workers = schema["properties"]?["workers"]?["anyOf"]?.text(indented: false)
        #expect(
            workers == ##"[{"type":"integer","minimum":1,"maximum":1024},{"$ref":"#/$defs/variable"}]"##)
        let timeouts = schema["properties"]?["listeners"]?["additionalProperties"]?["properties"]?["timeouts"]?[
            "properties"]
        #expect(timeouts?["head"]?["default"]?.text() == #""10s""#)
    }

    @Test func `the schema has a kind of route for each key that begins one`() {
        guard case .array(let kinds)? = schema["properties"]?["routes"]?["items"]?["oneOf"] else {
            Issue.record("routes are one of several kinds")
            return
        }
        let heads = kinds.compactMap { $0["required"]?.text(indented: false) }
        #expect(
            heads == [
                #"["expose"]"#, #"["get","call"]"#, #"["post","call"]"#, #"["put","call"]"#, #"["patch","call"]"#,
                #"["delete","call"]"#, #"["any","call"]"#, #"["path","to"]"#, #"["websocket"]"#,
            ])
    }

    @Test func `what this version does not have is not in the schema`() {
        let text = schema.text()
        for word in ["policies", "outliers", "\"use\""] { #expect(!text.contains(word)) }
    }
}
