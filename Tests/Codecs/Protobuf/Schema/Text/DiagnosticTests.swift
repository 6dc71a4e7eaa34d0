import Testing

/// Mistakes that people make, with the place and the rule that they are told.
struct DiagnosticTests {
    private static let proto2: [(String, String)] = [
        ("message M { int32 a = 1; }", "2:13: proto.syntax: Expected 'required', 'optional' or 'repeated'."),
        (
            "message M { optional int32 a = 1 [default = 3000000000]; }",
            "2:45: proto.default: The default of this field must be an integer that fits its type."
        ),
        (
            "enum E { A = 1; } message M { optional E a = 1 [default = B]; }",
            "2:59: proto.default: 'B' is no value of 'E'."
        ),
        (
            "message M {} extend M { optional int32 a = 1; }",
            "2:44: proto.extension: 'M' keeps no number 1 for extensions."
        ),
        (
            "message M { extensions 10 to 20, 15; }",
            "2:34: proto.range: The extension range 15 to 15 overlaps the extension range 10 to 20."
        ),
        (
            "message M { reserved 5 to 7; optional int32 a = 6; optional int32 b = 1; }",
            "2:49: proto.number: The number 6 of 'a' is reserved; the next free one is 2."
        ),
        ("message M { reserved \"a\"; optional int32 a = 5; }", "2:42: proto.reserved: The name 'a' is reserved."),
        (
            "message M { optional group g = 1 {} }",
            "2:28: proto.syntax: The name of a group begins with a capital letter."
        ),
        (
            "message M { extensions 1; } extend M { optional int32 a = 1; optional int32 b = 1; }",
            "2:81: proto.number: 'b' extends 'M' with the number 1 of 'a'."
        ),
    ]

    private static let proto3: [(String, String)] = [
        (
            "message M { int32 a = 1; int32 b = 1; }",
            "2:36: proto.number: 'M' uses the number 1 for 'a' and 'b'; the next free one is 2."
        ),
        (
            "message M { int32 a = 0; }",
            "2:23: proto.number: The number of 'a' must be at least 1 and at most 536870911."
        ),
        ("message M { int32 a = 19500; }", "2:23: proto.number: The numbers 19000 to 19999 are protobuf's own."),
        ("message M { Foo a = 1; }", "2:13: proto.unknown-type: 'Foo' is not defined."),
        (
            "message Account {} message M { Acount a = 1; }",
            "2:32: proto.unknown-type: 'Acount' is not defined; did you mean 'Account'?"
        ),
        (
            "message M { google.protobuf.Timestamp t = 1; }",
            "2:13: proto.unknown-type: 'google.protobuf.Timestamp' is not defined; "
                + "add 'import \"google/protobuf/timestamp.proto\";'."
        ),
        ("message M { int32 a = 1 }", "2:24: proto.syntax: Expected ';'."),
        ("message M { int32 a; }", "2:20: proto.syntax: Expected '=' and the number of the field, found ';'."),
        ("message M {", "2:11: proto.syntax: The block that begins here does not end."),
        ("}", "2:1: proto.syntax: There is no block that this would end."),
        ("enum E { A = 1; }", "2:14: proto.enum: The first value of 'E' must be 0, which is its default."),
        (
            "enum E { A = 0; B = 0; }",
            "2:21: proto.enum: 'B' has the number of 'A'; if that is meant, set 'option allow_alias = true;'."
        ),
        ("message M { required int32 a = 1; }", "2:13: proto.syntax: proto3 has no 'required'."),
        (
            "message M { map<float, int32> a = 1; }",
            "2:17: proto.map: The keys of a map must be integers, booleans or text."
        ),
        ("message M { oneof o { repeated int32 a = 1; } }", "2:23: proto.syntax: Fields of a oneof have no label."),
        (
            "message M { int32 foo_bar = 1; int32 fooBar = 2; }",
            "2:38: proto.json-name: 'foo_bar' and 'fooBar' are both \"fooBar\" in JSON."
        ),
        ("message M {} message M {}", "2:22: proto.duplicate: 'M' is already a message."),
        (
            "option java_packag = \"x\";",
            "2:8: proto.option: 'java_packag' is no option of FileOptions; custom ones stand in parentheses; "
                + "did you mean 'java_package'?"
        ),
        ("option java_package = 5;", "2:23: proto.option: The value of 'java_package' must be text in quotes."),
        ("option java_package = \"\\q\";", "2:24: proto.syntax: This is no escape sequence."),
        ("import \"nope.proto\";", "2:8: proto.import: The import \"nope.proto\" is not found."),
        ("import \"main.proto\";", "2:8: proto.import: \"main.proto\" imports this file in turn."),
        (
            "message Ä {}", "2:9: proto.syntax: 'Ä' may stand in text and comments only."
        ),
        ("/* ä */ message M { X a = 1; }", "2:21: proto.unknown-type: 'X' is not defined."),
        (
            "message M { int32 a = 08; }",
            "2:23: proto.syntax: A number that begins with 0 is octal; it has digits up to 7."
        ),
    ]

    private static let edition2023: [(String, String)] = [
        (
            "message M { optional int32 a = 1; }",
            "2:13: proto.syntax: Editions have no 'optional'; fields have presence unless features.field_presence says "
                + "otherwise."
        ),
        (
            "message M { int32 a = 1 [features.utf8_validation = NONE]; }",
            "2:19: proto.feature: Only text has a utf8_validation."
        ),
        (
            "message M { option features.field_presence = IMPLICIT; }",
            "2:29: proto.option: 'field_presence' cannot be set on a message."
        ),
        (
            "option features.enforce_naming_style = STYLE2024;",
            "2:17: proto.feature: 'enforce_naming_style' is for later editions."
        ),
        (
            "enum E { option features.enum_type = CLOSED; A = 1; } "
                + "message M { E e = 1 [features.field_presence = IMPLICIT]; }",
            "2:67: proto.enum: 'E' is a closed enum, which a field without presence such as 'e' cannot have."
        ),
    ]

    @Test(arguments: proto2) func `a mistake in proto2 has its place`(_ text: String, _ expected: String) {
        #expect(errors("syntax = \"proto2\";\n" + text).first == "main.proto:" + expected)
    }

    @Test(arguments: proto3) func `a mistake in proto3 has its place`(_ text: String, _ expected: String) {
        #expect(errors("syntax = \"proto3\";\n" + text).first == "main.proto:" + expected)
    }

    @Test(arguments: edition2023) func `a mistake in an edition has its place`(_ text: String, _ expected: String) {
        #expect(errors("edition = \"2023\";\n" + text).first == "main.proto:" + expected)
    }

    @Test func `all mistakes of a file are told at once`() {
        let text = """
            syntax = "proto3";
            message A { int32 = 1; string b = 2 [x; int64 c = 3; }
            enum { X = 0; }
            message C { int32 a = ; }
            """
        let places = errors(text).map { $0.split(separator: ":")[1...2].joined(separator: ":") }
        #expect(places == ["2:19", "2:39", "3:6", "4:23"])
    }

    @Test func `a mistake in an import is told where it is`() {
        let found = errors(
            "syntax = \"proto3\"; import \"a/b.proto\";",
            with: ["a/b.proto": "syntax = \"proto3\";\n\nmessage M { X x = 1; }"])
        #expect(found == ["a/b.proto:3:13: proto.unknown-type: 'X' is not defined."])
    }
}
