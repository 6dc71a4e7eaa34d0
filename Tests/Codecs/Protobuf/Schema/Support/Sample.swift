import Testing

/// A file with much of one language in it, and the hash (FNV-1a) of the descriptor that protoc 35.1 makes of it.
struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var hash: UInt64
    /// The first protoc that compiles it.
    var protoc: Int

    var testDescription: String { name }

    static let all = [
        Sample(name: "proto2", text: proto2, hash: 0xEECB_55FA_4F2C_76C6, protoc: 27),
        Sample(name: "proto3", text: proto3, hash: 0x11CB_EB33_8610_1336, protoc: 3),
        Sample(name: "edition2023", text: edition2023, hash: 0x3F2F_9120_2105_7295, protoc: 27),
        Sample(name: "edition2024", text: edition2024, hash: 0x3424_22B1_CAF3_EA3D, protoc: 32),
    ]

    static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static let proto2 = #"""
        syntax = "proto2";
        package sample.two;
        import "google/protobuf/descriptor.proto";

        option (greeting) = "abc" 'def';
        option (many) = { d1: 1 d2: -2.5 f9: inf f8: nan i1: -5, u1: 0xff; l: 010 bo: t s: "x" };
        option (sample.two.pair).x = 7;
        option (.sample.two.many) = { };

        message Defaults {
          optional double d1 = 1 [default = 0.1];
          optional double d2 = 2 [default = 1e300];
          optional double d3 = 3 [default = 123456789.123456789];
          optional double d4 = 4 [default = 5e-324];
          optional double d5 = 5 [default = 0.30000000000000004];
          optional double d6 = 6 [default = 1e15];
          optional double d7 = 7 [default = 1e16];
          optional double d8 = 8 [default = -0.0001];
          optional double d9 = 9 [default = .00001];
          optional double d10 = 10 [default = 100000000000000000000000];
          optional float f1 = 11 [default = 0.1];
          optional float f2 = 12 [default = 1e38];
          optional float f3 = 13 [default = 16777217];
          optional float f4 = 14 [default = 3.4028235e38];
          optional float f5 = 15 [default = 1e-45];
          optional float f6 = 16 [default = 123456.7];
          optional float f7 = 17 [default = 1e6];
          optional float f8 = 18 [default = nan];
          optional float f9 = 19 [default = -inf];
          optional float f10 = 20 [default = 1e39];
          optional int32 i1 = 21 [default = -0x80000000];
          optional uint64 u1 = 22 [default = 18446744073709551615];
          optional int64 l = 23 [default = -9223372036854775808];
          optional int32 octal = 24 [default = 0777];
          optional int32 zero = 25 [default = -0];
          optional string s = 26 [default = "\u00e9\U0001F600\a\b\f\n\r\t\v\\\?\'\"\101\x41é"];
          optional bytes b = 27 [default = "\u00e9\000\1\377'\"\\a?\n\r\t\x7f"];
          optional string empty = 28 [default = ""];
          optional bool bo = 29 [default = true];
          optional float minus = 30 [default = -0.0];
        }

        message Groups {
          optional group Foo_Bar = 1 [deprecated = true] {
            required int32 a = 1;
            repeated group Inner = 2 {}
          }
          oneof choice {
            group OG = 3 { optional string foo_bar_baz = 1; }
            int32 _x = 4;
          }
          extensions 100 to max;
          extensions 50, 52 to 53 [verification = UNVERIFIED];
          extend Groups {
            repeated group EG = 100 { optional int32 q = 1; }
            optional int32 fooBar_Baz__qux_1a = 101 [packed = false];
          }
        }
        extend .sample.two.Groups { optional Groups.Foo_Bar x = 102; }

        message Set {
          option message_set_wire_format = true;
          extensions 4 to max;
          reserved 2;
        }
        message Element {
          extend Set { optional Element element = 15447542; }
          optional string s = 1;
          optional Set set = 2;
        }
        extend google.protobuf.MessageOptions { optional Element note = 60010; }
        message Noted { option (note) = { set { [sample.two.Element.element] { s: "in" } } }; }

        message Reserved {
          reserved 1, 3 to 5, 900 to max;
          reserved "a", "b" "c";
          enum Level {
            option allow_alias = true;
            A = 0; B = 0x0; N = -1; X = 9;
            reserved -5 to -3, 10 to max;
            reserved "q";
          }
        }

        service Calls {
          option deprecated = true;
          rpc A(Defaults) returns (Groups);
          rpc B(stream Defaults) returns (stream .sample.two.Groups) {}
          rpc C(Set) returns (Set) { option idempotency_level = NO_SIDE_EFFECTS; ; };
        };

        extend google.protobuf.FileOptions {
          optional string greeting = 60000;
          repeated Defaults many = 60001;
          optional group Pair = 60002 { optional int32 x = 1; }
        }
        """#

    private static let proto3 = #"""
        syntax = "proto3";
        package a.b.c;
        import public "google/protobuf/timestamp.proto";
        import "google/protobuf/any.proto";
        import "google/protobuf/descriptor.proto";

        message b {
          message a { message b {} }
          a.b x = 1;
          .a.b.c.b y = 2;
          b z = 3;
        }
        message M {
          optional int32 a = 1;
          optional M m = 2;
          optional string _b = 3;
          oneof _a2 { int32 q = 4; }
          int32 X_x = 5;
          optional int32 c = 6;
          oneof _c { int32 r = 7; }
          map<string, google.protobuf.Timestamp> foo_barBaz_1 = 8;
          map<int32, E> e = 9 [deprecated = true];
          repeated int32 packed = 10;
          repeated int32 unpacked = 11 [packed = false];
          optional bytes message = 12;
          string reserved1 = 13;
          int64 text = 14 [jstype = JS_STRING];
          string named = 15 [json_name = "@J\u00e9"];
          google.protobuf.Timestamp time = 16;
          protobuf.M2 nested = 17;
          enum E { Z = 0; NEG = -1; }
        }
        extend google.protobuf.EnumValueOptions {
          optional string label = 70001;
          repeated google.protobuf.Any any = 70002;
        }
        enum F {
          F_UNSPECIFIED = 0 [(label) = "none", (any) = {
            [type.googleapis.com/a.b.c.M] {
              a: 1 q: 2 X_x: 0
              foo_barBaz_1 { key: "k" value { seconds: 5 } }
              packed: [1, 2, 3] unpacked: [4, 5]
              e { key: 1 }
            }
          }];
          F_ONE = 1 [(a.b.c.label) = "o"];
        }
        message protobuf { message M2 {} }
        """#

    private static let edition2023 = #"""
        edition = "2023";
        package sample.editions;
        import "google/protobuf/descriptor.proto";
        import "google/protobuf/cpp_features.proto";
        import "google/protobuf/java_features.proto";

        option features.field_presence = IMPLICIT;
        option features.(pb.cpp).string_type = VIEW;
        option features.enum_type = CLOSED;
        option features.(pb.java).utf8_validation = VERIFY;
        option features.utf8_validation = NONE;
        option java_package = "x";

        extend google.protobuf.FieldOptions {
          Opt opt = 50001 [features.message_encoding = DELIMITED];
          repeated int32 nums = 50002;
          float fl = 50003;
          sint64 s = 50004;
        }
        extend google.protobuf.MessageOptions { Opt mopt = 50001; }

        message Opt {
          int32 a = 1;
          string b = 2;
          Opt sub = 3 [features.message_encoding = DELIMITED];
          repeated int32 unpacked = 5 [features.repeated_field_encoding = EXPANDED];
          E e = 6 [features.field_presence = EXPLICIT];
          bool z = 7;
          extensions 100 to 200, 500 to max;
          extend Opt {
            string ext = 150;
            Opt ext2 = 151 [features.message_encoding = DELIMITED];
          }
        }
        enum E {
          option features.enum_type = OPEN;
          E0 = 0;
          E1 = 1 [deprecated = true];
          reserved 5 to max;
          reserved FOO, BAR;
        }
        enum C { C1 = 1; C_2 = -2; }
        message M {
          option (mopt) = { a: 5 b: 'x' "y" sub { a: 0 z: true [sample.editions.Opt.ext]: "e" } };
          option features.json_format = LEGACY_BEST_EFFORT;
          reserved foo, bar;
          reserved 10 to 20, 1000 to max;
          string req = 1 [features.field_presence = LEGACY_REQUIRED];
          string exp = 2 [features.field_presence = EXPLICIT, default = "a\n\x01\"'"];
          oneof o {
            int32 x = 3;
            M y = 4 [features.message_encoding = DELIMITED];
          }
          map<string, string> mm = 5 [features.utf8_validation = VERIFY];
          map<int64, M> mn = 6 [deprecated = true];
          repeated E es = 7 [features.repeated_field_encoding = EXPANDED];
          repeated string ss = 8
              [(opt).a = 1, (opt).sub.b = "q", (nums) = 1, (nums) = -2, (fl) = -inf, (s) = -5];
          C c = 9 [features.field_presence = EXPLICIT, default = C_2];
          double d = 21 [default = 1e3, features.field_presence = EXPLICIT];
        }
        """#

    private static let edition2024 = #"""
        edition = "2024";
        package sample.later;
        import option "google/protobuf/cpp_features.proto";

        option features.(pb.cpp).string_type = CORD;

        export message A {
          string a = 1;
          local enum Inner { INNER_UNSPECIFIED = 0; }
          local message B { int32 x = 1; }
        }
        local enum E { E_UNSPECIFIED = 0; }
        """#
}
