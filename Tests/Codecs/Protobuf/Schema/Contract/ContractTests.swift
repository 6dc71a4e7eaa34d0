import Buffers
import Canonical
import ProtobufSchema
import Testing

struct ContractTests {
    private static let text = """
        syntax = "proto3";
        package shop.v1;
        import "google/api/annotations.proto";
        import "google/protobuf/struct.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/wrappers.proto";

        // Sells things.
        //
        // All day.
        service Shop {
          // One item.
          rpc Get(GetRequest) returns (Item) {
            option (google.api.http) = {
              get: "/v1/{name=items/*}"
              additional_bindings { custom { kind: "HEAD" path: "/v1/{name=items/*}" } }
              additional_bindings { post: "/v1/items:get" body: "*" response_body: "name" }
            };
          }
          rpc Watch(stream GetRequest) returns (stream Item);
        }
        message GetRequest { string name = 1; }
        /* A thing. */
        message Item {
          string display_name = 1;
          int64 price = 2;
          repeated fixed32 codes = 3 [json_name = "Codes"];
          map<int32, Item> parts = 4;
          oneof kind { bool digital = 5; double weight = 6; }
          optional sint32 stock = 7;
          google.protobuf.Timestamp made = 8;
          google.protobuf.Int64Value sold = 9;
          google.protobuf.Struct more = 10;
          Color color = 11;
          bytes picture = 12;
          Item parent = 13;
          string name = 14;
        }
        enum Color { NONE = 0; RED = 1; }
        """

    private static func contract() throws -> Contract {
        let reader = ProtobufContractReader()
        return try reader.read(Bytes(text), named: "protos/shop.proto", loader: Folder(files: [:])).0
    }

    private static func describe(_ type: ValueType, in schema: Schema) -> String {
        switch type {
        case .scalar(let scalar): "\(scalar.kind)"
        case .message(let id): schema[id].name
        case .map(let key, let value): "map<\(key.kind), \(describe(value, in: schema))>"
        case .any: "any"
        case .nothing: "nothing"
        }
    }

    @Test func `a message is a type whose fields are named as in JSON`() throws {
        let contract = try Self.contract()
        let item = try #require(contract.schema.messages.first { $0.name == "shop.v1.Item" })
        let lines = item.fields.map { "\($0.name): \(Self.describe($0.type, in: contract.schema))" }
        #expect(
            lines == [
                "displayName: string", "price: long", "Codes: unsigned(bits: 32)",
                "parts: map<int(bits: 32), shop.v1.Item>",
                "digital: boolean", "weight: float(bits: 64)", "stock: int(bits: 32)",
                "made: temporal(Canonical.TemporalKind.dateTime)", "sold: long", "more: map<string, any>",
                "color: string",
                "picture: bytes(Canonical.BytesForm.base64)", "parent: shop.v1.Item", "name: string",
            ])
        #expect(item.documentation == "A thing.")
        #expect(item.fields[2].cardinality.isRepeated)
        #expect(item.fields[8].isNillable)
        #expect(item.annotations[ProtobufMessage.self]?.oneofs == ["kind"])
        guard case .choice(let branches, let isRequired)? = item.rules.first else { throw ContractError([]) }
        #expect(branches.map(\.fields) == [[4], [5]])
        #expect(!isRequired)
        #expect(item.rules.count == 1)
    }

    @Test func `a field knows what protobuf knows of it`() throws {
        let contract = try Self.contract()
        let item = try #require(contract.schema.messages.first { $0.name == "shop.v1.Item" })
        let notes = try item.fields.map { try #require($0.annotations[ProtobufField.self]) }
        #expect(notes.map(\.number) == Array(1...14))
        #expect(notes[0].name == "display_name")
        #expect(notes[0].presence == .implicit && notes[0].isUTF8Checked)
        #expect(notes[2].isPacked && notes[2].type == .fixed32)
        #expect(notes[3].map?.key.type == .int32)
        #expect(notes[3].map?.value.message.map { contract.schema[$0].name } == "shop.v1.Item")
        #expect(notes[4].oneof == 0 && notes[4].presence == .explicit)
        #expect(notes[6].oneof == nil && notes[6].presence == .explicit && notes[6].type == .sint32)
        #expect(notes[7].wellKnown == .timestamp)
        #expect(notes[10].enumeration?.values.map(\.name) == ["NONE", "RED"])
        #expect(notes[10].enumeration?.isClosed == false)
    }

    @Test func `a method is an operation with its HTTP rule`() throws {
        let contract = try Self.contract()
        #expect(contract.name == "Shop" && contract.namespace == "shop.v1")
        #expect(contract.documentation == "Sells things.\n\nAll day.")
        #expect(contract.operations.map(\.name) == ["Get", "Watch"])
        let get = contract.operations[0]
        #expect(get.effect == .safe && get.service == "shop.v1.Shop" && get.documentation == "One item.")
        #expect(get.annotations[ProtobufMethod.self]?.path == "/shop.v1.Shop/Get")
        let head = HTTPRule(method: "HEAD", template: "/v1/{name=items/*}")
        let post = HTTPRule(method: "POST", template: "/v1/items:get", body: "*", responseBody: "name")
        #expect(
            get.annotations[HTTPRule.self]
                == HTTPRule(method: "GET", template: "/v1/{name=items/*}", additional: [head, post]))
        #expect(contract.operations[1].interaction == .bidirectionalStream)
        let known = try #require(contract.annotations[ProtobufContract.self])
        #expect(known.files.last?.name == "shop.proto")
        #expect(known.messages["google.protobuf.Timestamp"] != nil)
    }

    @Test func `a descriptor set gives the same contract`() throws {
        let set = try #require(Self.contract().annotations[ProtobufContract.self])
        let bytes = FileDescriptor.encodedSet(set.descriptors.files)
        let reader = ProtobufContractReader()
        let (contract, _) = try reader.read(bytes, named: "shop.binpb", loader: Folder(files: [:]))
        #expect(contract.operations.map(\.name) == ["Get", "Watch"])
        #expect(contract.schema.messages.map(\.name) == (try Self.contract().schema.messages.map(\.name)))
        #expect(throws: ContractError.self) {
            try reader.read(Bytes("no descriptors"), named: "x.pb", loader: Folder(files: [:]))
        }
    }

    @Test func `extensions are fields of the message that they extend`() throws {
        let set = try compile(
            """
            syntax = "proto2"; package x;
            message M { optional int32 a = 1; extensions 100 to max; }
            extend M { repeated M more = 100; }
            """)
        let type = try #require(set.contract().schema.messages.first { $0.name == "x.M" })
        #expect(type.fields.map(\.name) == ["a", "[x.more]"])
        #expect(type.fields[1].annotations[ProtobufField.self]?.isExtension == true)
    }

    @Test(arguments: [
        ("get: \"/v1/{name\"", "http.template"), ("get: \"/v1/{nme}\"", "http.field"),
        ("get: \"/v1/{inner}\"", "http.field"), ("post: \"/v1\" body: \"nope\"", "http.field"),
        ("get: \"/v1\" response_body: \"nope\"", "http.field"), ("get: \"/taken/{other}\"", "http.conflict"),
    ])
    func `an HTTP rule that cannot be obeyed is an error`(_ rule: String, _ token: String) throws {
        let text = """
            syntax = "proto3"; import "google/api/annotations.proto";
            message M { string name = 1; M inner = 2; string other = 3; }
            service S { rpc A(M) returns (M) { option (google.api.http) = { get: "/taken/{name}" }; }
            rpc B(M) returns (M) { option (google.api.http) = { \(rule) }; } }
            """
        let error = try #require(throws: ContractError.self) {
            try ProtobufContractReader().read(Bytes(text), named: "a/m.proto", loader: Folder(files: [:]))
        }
        #expect(error.diagnostics.filter { $0.severity == .error }.map(\.rule) == [token])
        #expect(error.diagnostics.last?.location == SourceLocation(file: "a/m.proto", line: 4, column: 5))
    }

    @Test func `imports are found beside the file and above it`() throws {
        let files = ["protos/b/c.proto": "syntax = \"proto3\"; package c; message C {}"]
        let text = "syntax = \"proto3\"; import \"b/c.proto\"; message M { c.C c = 1; }"
        let (contract, _) = try ProtobufContractReader()
            .read(Bytes(text), named: "protos/a/m.proto", loader: Folder(files: files))
        #expect(contract.schema.messages.map(\.name) == ["c.C", "M"])
    }

    @Test func `a file is called as others import it`() throws {
        let files = ["protos/b/c.proto": "syntax = \"proto3\"; package c; message C {}"]
        let text = "syntax = \"proto3\"; import \"b/c.proto\"; message M { c.C c = 1; }"
        for paths in [["protos"], ["other", "protos/"]] {
            let (contract, _) = try ProtobufContractReader(importPaths: paths)
                .read(Bytes(text), named: "protos/b/m.proto", loader: Folder(files: files))
            let known = try #require(contract.annotations[ProtobufContract.self])
            #expect(known.files.map(\.name) == ["b/c.proto", "b/m.proto"])
        }
    }
}
