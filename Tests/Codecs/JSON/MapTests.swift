import Buffers
import Canonical
import JSONCodec
import Testing

struct MapTests {
    @Test func `a map is an object whose names are its keys`() throws {
        let json = #"{"m":{"1":{"n":2},"-7":{},"3":{"n":0}},"s":{"a\\u0000b":"9007199254740993","":"-1"}}"#
        #expect(try Self.roundTrip(json) == json)
        #expect(try Self.roundTrip(#"{"m":{},"s":{}}"#) == #"{"m":{},"s":{}}"#)
    }

    @Test(arguments: [
        (#"{"m":{"x":{}}}"#, "/m/x"), (#"{"m":{"1":2}}"#, "/m/1"), (#"{"m":{"1":null}}"#, "/m/1"),
        (#"{"m":[]}"#, "/m"), (#"{"s":{"a":"1","a":"2"}}"#, "/s/a"), (#"{"s":{"a":"1","b":"x"}}"#, "/s/b"),
        (#"{"m":{"1":{"n":"x"},"2":[]}}"#, "/m/1/n"),
    ])
    func `what is no entry of the map is refused with its place`(_ json: String, _ pointer: String) throws {
        let failure = try #require(throws: Failure.self) { try Self.coder.decode(Bytes(json)) }
        #expect(failure.violations.first?.pointer == pointer)
    }

    private static func roundTrip(_ json: String) throws -> String {
        var out = ByteWriter()
        try coder.encode(coder.decode(Bytes(json)), into: &out)
        return String(out.finish())
    }

    private static let coder: JSONCoder = {
        var builder = Schema.Builder()
        let root = builder.reserve()
        let number = Field(name: "n", type: .scalar(ScalarType(.int(bits: 32))), cardinality: .optional)
        let item = builder.add(MessageType(name: "Item", fields: [number]))
        let messages = ValueType.map(key: ScalarType(.int(bits: 32)), value: .message(item))
        let longs = ValueType.map(key: ScalarType(.string), value: .scalar(ScalarType(.long)))
        let fields = [
            Field(name: "m", type: messages, cardinality: .optional),
            Field(name: "s", type: longs, cardinality: .optional),
        ]
        builder.define(root, MessageType(name: "Root", fields: fields))
        return JSONCoder(.message(root), schema: builder.build())
    }()
}
