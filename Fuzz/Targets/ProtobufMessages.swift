internal import Buffers
internal import Canonical
internal import ProtobufCodec
internal import ProtobufSchema

/// Reads `bytes` as proto3 JSON. In one pass and with a document between it must come to the same, and what was written
/// reads as itself.
func fuzzProtobufJSON(_ bytes: Bytes) {
    for type in FuzzedProtobuf.types {
        let document = try? type.json.decode(bytes, as: type.message)
        guard let wire = type.protobuf(of: bytes) else {
            precondition(document == nil, "with a document it is read, in one pass it is not")
            continue
        }
        guard let document else { fatalError("in one pass it is read, with a document it is not") }
        guard let shown = type.json(of: wire) else { fatalError("what was read cannot be shown") }
        precondition(type.json(of: document) == shown, "the two ways show it differently")
        precondition(
            type.protobuf(of: document).flatMap(type.json(of:)) == shown, "by the document it is another message")
        guard let again = type.protobuf(of: shown).flatMap(type.json(of:)) else { fatalError("it is not read again") }
        precondition(again == shown, "what was written reads as something else")
    }
}

/// Reads `bytes` as protobuf, in the same two ways.
func fuzzProtobuf(_ bytes: Bytes) {
    for type in FuzzedProtobuf.types {
        let shown = type.json(of: bytes)
        guard let document = try? type.coder.decode(bytes) else {
            precondition(shown == nil, "in one pass it is read, with a document it is not")
            continue
        }
        guard let shown else {
            // A string of proto2 may be no UTF-8. Then it has no JSON, unless there is a document in which a later one
            // has taken its place.
            precondition(type.isProto2 || type.json(of: document) == nil, "with a document it is shown")
            continue
        }
        // A value of a closed enum that nobody knows is an unknown field. It comes between the items of a list, and behind
        // all fields once it is written: the order of what is known can be another one by each way.
        precondition(type.isSame(type.json(of: document), shown), "the two ways show it differently")
        guard let wire = type.protobuf(of: document), let again = try? type.coder.decode(wire) else {
            fatalError("what was read is not written, or not read again")
        }
        precondition(type.isSame(type.json(of: again), shown), "what was written reads as something else")
        precondition(type.isSame(type.protobuf(of: again), wire), "what was written is written differently")
    }
}

private enum FuzzedProtobuf {
    struct MessageType: Sendable {
        let message: MessageID
        let isProto2: Bool
        let coder: ProtobufCoder
        let lane: ProtobufJSONLane
        let json: ProtobufJSON

        /// Whether both are the same, in proto2 but for the order of their parts.
        func isSame(_ left: Bytes?, _ right: Bytes?) -> Bool {
            left == right || isProto2 && left?.array.sorted() == right?.array.sorted()
        }

        func protobuf(of json: Bytes) -> Bytes? {
            var out = ByteWriter()
            guard (try? lane.writeProtobuf(of: json, into: &out)) != nil else { return nil }
            return out.finish()
        }

        func json(of protobuf: Bytes) -> Bytes? {
            var out = ByteWriter()
            guard (try? lane.writeJSON(of: protobuf, into: &out)) != nil else { return nil }
            return out.finish()
        }

        func protobuf(of document: Document) -> Bytes? {
            var out = ByteWriter()
            guard (try? coder.encode(document, into: &out)) != nil else { return nil }
            return out.finish()
        }

        func json(of document: Document) -> Bytes? {
            var out = ByteWriter()
            guard (try? json.encode(document, as: message, into: &out)) != nil else { return nil }
            return out.finish()
        }
    }

    static let types: [MessageType] = {
        do {
            let compiler = ProtobufCompiler(importPaths: ["."], loader: Files())
            let contract = try compiler.compile(["three.proto", "two.proto"]).0.contract()
            let plan = ProtobufPlan(contract.schema)
            let messages = contract.annotations[ProtobufContract.self]?.messages ?? [:]
            return ["t.All", "t.Old"].compactMap { name in messages[name].map { (name, $0) } }.map { name, message in
                MessageType(
                    message: message, isProto2: name == "t.Old", coder: ProtobufCoder(message, plan: plan),
                    lane: ProtobufJSONLane(message, plan: plan), json: ProtobufJSON(plan))
            }
        } catch {
            fatalError("\(error)")
        }
    }()

    private struct Files: DocumentLoader {
        func load(_ path: String) -> Bytes? {
            path == "three.proto" ? Bytes(three) : path == "two.proto" ? Bytes(two) : nil
        }
    }

    private static let three = """
        syntax = "proto3";
        package t;
        import "google/protobuf/any.proto";
        import "google/protobuf/duration.proto";
        import "google/protobuf/field_mask.proto";
        import "google/protobuf/struct.proto";
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/wrappers.proto";
        enum Color { NONE = 0; RED = 1; BLUE = 2; }
        message Item { int32 id = 1; string name = 2; Item child = 3; }
        message All {
          int32 small = 1; sint64 signed = 2; uint64 wide = 3; fixed32 fixed = 4; double real = 5; float short_real = 6;
          bool yes = 7; string text = 8; bytes raw = 9; Color color = 10; Item item = 11; optional int32 maybe = 12;
          repeated int32 numbers = 13; repeated string words = 14; repeated Item items = 15; repeated Color colors = 16;
          map<string, int32> counts = 17; map<int64, Item> by_id = 18; map<bool, string> names = 19;
          oneof choice { string left = 20; Item right = 21; google.protobuf.NullValue nothing = 22; }
          google.protobuf.Any any = 23; google.protobuf.Timestamp time = 24; google.protobuf.Duration span = 25;
          google.protobuf.FieldMask mask = 26; google.protobuf.Struct record = 27; google.protobuf.Value value = 28;
          google.protobuf.ListValue list = 29; google.protobuf.Int64Value boxed = 30;
          repeated google.protobuf.StringValue boxes = 31; string renamed = 32 [json_name = "otherName"];
          repeated google.protobuf.Value values = 33; map<string, Color> paints = 34;
        }
        """

    private static let two = """
        syntax = "proto2";
        package t;
        enum Closed { ZERO = 0; FIRST = 1; SECOND = 2; }
        message Old {
          required int32 id = 1;
          optional Closed closed = 2;
          repeated Closed list = 3;
          optional group Part = 4 { optional string name = 1; optional Old old = 2; }
          optional string text = 5;
          optional int32 number = 6 [default = 7];
          map<string, Closed> map = 7;
          extensions 100 to 199;
        }
        extend Old { optional string extra = 100; }
        """
}
