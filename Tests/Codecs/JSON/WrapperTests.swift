import Buffers
import Canonical
import JSONCodec
import Testing

/// Types that only wrap an array, shown as the array (TRANSLATION R5).
@Suite struct WrapperTests {
    private static let types = schema()

    private static func schema() -> (schema: Schema, root: MessageID) {
        let many = Cardinality.repeated(minimum: 0, maximum: nil)
        let int = ValueType.scalar(ScalarType(.int(bits: 32)))
        var builder = Schema.Builder()
        let codes = builder.add(
            MessageType(
                name: "ArrayOfInt", fields: [Field(name: "int", type: int, cardinality: many, isNillable: true)]))
        let pair = builder.add(
            MessageType(
                name: "Pair",
                fields: [Field(name: "int", type: int, cardinality: .repeated(minimum: 2, maximum: 2))]))
        let table = builder.add(
            MessageType(name: "Table", fields: [Field(name: "row", type: .message(codes), cardinality: many)]))
        let attributed = builder.add(
            MessageType(
                name: "Attributed",
                fields: [
                    Field(name: "int", type: int, cardinality: many),
                    Field(name: "@id", type: int, cardinality: .optional),
                ]))
        let root = builder.add(
            MessageType(
                name: "Root",
                fields: [
                    Field(name: "codes", type: .message(codes), cardinality: .optional, isNillable: true),
                    Field(name: "pair", type: .message(pair), cardinality: .optional),
                    Field(name: "table", type: .message(table), cardinality: .optional),
                    Field(name: "lists", type: .message(codes), cardinality: many),
                    Field(name: "attributed", type: .message(attributed), cardinality: .optional),
                ]))
        return (builder.build(), root)
    }

    private static func coder(collapsing: Bool, root: ValueType = .message(types.root)) -> JSONCoder {
        var options = JSONOptions()
        options.collapsesWrappers = collapsing
        options.omitsEmptyArrays = true
        return JSONCoder(root, schema: types.schema, options: options)
    }

    private func text(_ document: Document, _ coder: JSONCoder) throws -> String {
        var out = ByteWriter()
        try coder.encode(document, into: &out)
        return String(out.finish())
    }

    @Test(arguments: [
        (#"{"codes":[1,2]}"#, #"{"codes":{"int":[1,2]}}"#), (#"{"codes":[1]}"#, #"{"codes":{"int":[1]}}"#),
        (#"{"codes":[]}"#, #"{"codes":{}}"#), (#"{"codes":null}"#, #"{"codes":null}"#), ("{}", "{}"),
        (#"{"codes":[1,null]}"#, #"{"codes":{"int":[1,null]}}"#), (#"{"pair":[1,2]}"#, #"{"pair":{"int":[1,2]}}"#),
        (#"{"table":[[1],[],[2,3]]}"#, #"{"table":{"row":[{"int":[1]},{},{"int":[2,3]}]}}"#),
        (#"{"lists":[[1],[]]}"#, #"{"lists":[{"int":[1]},{}]}"#),
        (#"{"attributed":{"int":[1],"@id":5}}"#, #"{"attributed":{"int":[1],"@id":5}}"#),
    ])
    func `an array stands for the object around it, both ways`(collapsed: String, wrapped: String) throws {
        let short = Self.coder(collapsing: true)
        let long = Self.coder(collapsing: false)
        #expect(try text(try short.decode(Bytes(collapsed)), long) == wrapped)
        #expect(try text(try long.decode(Bytes(wrapped)), short) == collapsed)
    }

    @Test(arguments: [
        (#"{"codes":{"int":[1]}}"#, "/codes"), (#"{"codes":["x"]}"#, "/codes/0"), (#"{"pair":[1]}"#, "/pair"),
        (#"{"pair":[1,2,3]}"#, "/pair"), (#"{"pair":[]}"#, "/pair"), (#"{"pair":null,"pair":[1,2]}"#, "/pair"),
        (#"{"table":[[1],["x"]]}"#, "/table/1/0"), (#"{"table":[null]}"#, "/table/0"),
    ])
    func `what does not fit is found at its place in the array`(json: String, pointer: String) {
        let failure = #expect(throws: Failure.self) { try Self.coder(collapsing: true).decode(Bytes(json)) }
        #expect(failure?.violations.map(\.pointer) == [pointer])
    }

    @Test func `a whole message stays an object`() throws {
        let coder = Self.coder(collapsing: true, root: .message(MessageID(0)))
        #expect(try text(try coder.decode(Bytes(#"{"int":[1]}"#)), coder) == #"{"int":[1]}"#)
    }
}
