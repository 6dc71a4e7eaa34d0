import Buffers
import Canonical
import Engine
import HTTP
import JSONCodec
import REST
import Testing

/// The whole description of the smallest contract, letter by letter.
@Suite struct OpenAPIGoldenTests {
    @Test func `the description of one operation is exact`() throws {
        var builder = Schema.Builder()
        let text = ValueType.scalar(ScalarType(.string))
        let echo = builder.add(MessageType(name: "Echo", fields: [Field(name: "text", type: text)]))
        let operation = Operation(
            name: "Echo", service: "Echoes", documentation: "Says \"it\" again.", input: .message(echo), output: text)
        let contract = Contract(
            name: "Echo", namespace: "urn:echo", documentation: "An echo.", schema: builder.build(),
            operations: [operation])
        let plan = JSONPlan(contract.schema)
        let address = RESTAddress(
            method: .post, path: PathPattern("/echo"),
            binding: try RESTBinding(operation, schema: contract.schema, request: plan, response: plan))
        let lines = String(OpenAPIDocument(contract, addresses: [address]).text())
        #expect(lines == Self.golden.joined())
    }

    private static let golden = [
        #"{"openapi":"3.1.0","info":{"title":"Echo","version":"1","description":"An echo."},"servers":[{"url":"/"}],"#,
        #""paths":{"/echo":{"post":{"operationId":"Echo","tags":["Echoes"],"summary":"Echo","#,
        #""description":"Says \"it\" again.","#,
        #""requestBody":{"required":true,"content":{"application/json":{"schema":"#,
        ##"{"$ref":"#/components/schemas/Echo"}}}},"##,
        #""responses":{"200":{"description":"Success","content":{"application/json":{"schema":{"type":"string"}}}},"#,
        #""default":{"description":"Failure","content":{"application/problem+json":{"schema":"#,
        ##"{"$ref":"#/components/schemas/dragoman.Problem"}}}}}}}},"##,
        #""components":{"schemas":{"dragoman.Problem":{"type":"object","description":"A failure (RFC 9457).","#,
        #""properties":{"type":{"type":"string"},"title":{"type":"string"},"detail":{"type":"string"},"#,
        #""instance":{"type":"string"},"code":{"type":"string"},"reason":{"type":"string"},"#,
        #""request_id":{"type":"string"},"status":{"type":"integer"},"errors":{"type":"array","items":"#,
        #"{"type":"object","properties":{"pointer":{"type":"string"},"rule":{"type":"string"},"#,
        #""detail":{"type":"string"}}}},"details":{"type":"array","items":{"type":"object"}}},"#,
        #""required":["type","title","status","code","reason"]},"#,
        #""Echo":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"#,
        #""additionalProperties":false}}}}"#,
    ]
}
