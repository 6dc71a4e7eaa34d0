import Buffers
import Canonical
import ProtobufSchema

/// Message types with one of everything.
enum Samples {
    static let contract: Contract = {
        do {
            let compiler = ProtobufCompiler(importPaths: ["."], loader: Files())
            return try compiler.compile(["three.proto", "two.proto"]).0.contract()
        } catch {
            preconditionFailure("\(error)")
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
