import Canonical
import ProtobufSchema
import Testing

struct ImportTests {
    private static func file(_ package: String, _ text: String) -> String {
        "syntax = \"proto3\"; package \(package); \(text)"
    }

    @Test func `files stand behind those that they import`() throws {
        let set = try compile(
            Self.file("m", "import \"b.proto\"; import \"a.proto\"; message M { a.A a = 1; b.B b = 2; }"),
            with: [
                "a.proto": Self.file("a", "message A {}"),
                "b.proto": Self.file("b", "import \"a.proto\"; message B { a.A a = 1; }"),
            ])
        #expect(set.files.map(\.name) == ["a.proto", "b.proto", "main.proto"])
    }

    @Test func `only what is imported is visible, unless it is passed on`() throws {
        let others = [
            "a.proto": Self.file("a", "message A {}"),
            "b.proto": Self.file("b", "import \"a.proto\"; message B { a.A a = 1; }"),
            "c.proto": Self.file("c", "import public \"a.proto\";"),
        ]
        let direct = Self.file("m", "import \"b.proto\"; message M { a.A a = 1; b.B b = 2; }")
        #expect(
            errors(direct, with: others) == [
                "main.proto:1:61: proto.unknown-type: 'a.A' is declared in \"a.proto\", which is not imported; "
                    + "add 'import \"a.proto\";'."
            ])
        let indirect = Self.file("m", "import \"c.proto\"; message M { a.A a = 1; }")
        #expect(errors(indirect, with: others) == [])
    }

    @Test func `the innermost declaration of the first part decides`() throws {
        let set = try compile(
            Self.file(
                "a.b",
                "message M { message N {} message O { N n = 1; M.N m = 2; a.b.M x = 3; .a.b.M y = 4; } } message N {}"))
        let fields = try #require(set.message("a.b.M.O")).fields
        #expect(fields.map(\.typeFullName) == ["a.b.M.N", "a.b.M.N", "a.b.M", "a.b.M"])
    }

    @Test func `an import that is not used is worth a warning`() throws {
        let files = [
            "m.proto":
                "syntax = \"proto3\";\nimport \"google/protobuf/any.proto\";\nimport \"google/protobuf/empty.proto\";\n"
                + "message M { google.protobuf.Any a = 1; }"
        ]
        let (_, warnings) = try ProtobufCompiler(importPaths: ["."], loader: Folder(files: files)).compile(["m.proto"])
        #expect(
            warnings.map(\.line) == [
                "m.proto:3:8: proto.unused-import: The import \"google/protobuf/empty.proto\" is not used."
            ])
    }

    @Test func `import paths are tried in order, and nothing leaves them`() throws {
        let files = [
            "one/x.proto": Self.file("x", "message X { int32 one = 1; }"),
            "two/x.proto": Self.file("x", "message X { int32 two = 1; }"),
            "secret.proto": Self.file("s", "message S {}"),
        ]
        let compiler = ProtobufCompiler(importPaths: ["two", "one"], loader: Folder(files: files))
        #expect(try compiler.compile(["x.proto"]).0.message("x.X")?.fields.map(\.name) == ["two"])
        #expect(throws: ContractError.self) { try compiler.compile(["../secret.proto"]) }
        #expect(throws: ContractError.self) { try compiler.compile(["/secret.proto"]) }
    }

    @Test func `a file that is given goes before the one that is built in`() throws {
        let own = Self.file("google.protobuf", "message Empty { int32 own = 1; }")
        let set = try compile(
            Self.file("m", "import \"google/protobuf/empty.proto\"; message M { google.protobuf.Empty e = 1; }"),
            with: ["google/protobuf/empty.proto": own])
        #expect(set.message("google.protobuf.Empty")?.fields.map(\.name) == ["own"])
    }
}
