import Buffers
import Canonical
import ProtobufSchema
import Testing

struct DescriptorTests {
    /// `name` of a file, then what `body` adds.
    private static func file(_ body: (inout ByteWriter) -> Void) -> Bytes {
        var out = ByteWriter()
        out.append(field: 1, string: "main.proto")
        body(&out)
        return out.finish()
    }

    private static func findings(_ file: Bytes) -> [String] {
        do {
            _ = try DescriptorSet(linking: [FileDescriptor(file)])
            return []
        } catch let error as ContractError {
            return error.diagnostics.map(\.rule)
        } catch {
            return ["wire"]
        }
    }

    @Test func `a language that is not known is refused`() {
        #expect(Self.findings(Self.file { $0.append(field: 12, string: "proto3") }) == [])
        #expect(Self.findings(Self.file { $0.append(field: 12, string: "proto9") }) == ["proto.syntax-version"])
        let later = Self.file { out in
            out.append(field: 12, string: "editions")
            out.append(field: 14, varint: 1002)
        }
        #expect(Self.findings(later) == ["proto.syntax-version"])
    }

    @Test func `descriptors keep the rules that text keeps`() {
        var message = ByteWriter()
        message.append(field: 1, string: "M")
        for name in ["a", "b"] {
            var field = ByteWriter()
            field.append(field: 1, string: name)
            for (number, value) in [(3, 1), (4, 1), (5, 5)] as [(Int, UInt64)] {
                field.append(field: number, varint: value)
            }
            message.append(field: 2, content: field.written)
        }
        let bytes = message.finish()
        #expect(Self.findings(Self.file { $0.append(field: 4, content: bytes.span) }) == ["proto.number"])
        #expect(Self.findings(Self.file { $0.append(field: 3, string: "nope.proto") }) == ["proto.import"])
    }

    @Test func `features follow from where a field stands`() throws {
        let set = try compile(
            """
            edition = "2023";
            option features.field_presence = IMPLICIT;
            option features.repeated_field_encoding = EXPANDED;
            message M {
              int32 a = 1;
              int32 b = 2 [features.field_presence = EXPLICIT];
              int32 c = 3 [features.field_presence = LEGACY_REQUIRED];
              repeated int32 d = 4;
              repeated int32 e = 5 [features.repeated_field_encoding = PACKED];
              M f = 6 [features.message_encoding = DELIMITED];
              oneof o { int32 g = 7; }
              M h = 8;
            }
            """)
        let fields = try #require(set.message("M")).fields
        #expect(
            fields.map(\.presence) == [
                .implicit, .explicit, .required, .none, .none, .explicit, .explicit, .explicit,
            ])
        #expect(fields.map(\.isPacked) == [false, false, false, false, true, false, false, false])
        #expect(fields.map(\.isDelimited) == [false, false, false, false, false, true, false, false])
    }

    @Test func `options are read by their numbers, known or not`() throws {
        let set = try compile(
            """
            syntax = "proto3";
            import "google/protobuf/descriptor.proto";
            extend google.protobuf.MessageOptions { string label = 50000; repeated int32 ids = 50001; }
            message M { option deprecated = true; option (label) = "x"; option (ids) = 1; option (ids) = 2; }
            """)
        let options = try #require(set.message("M")).options
        #expect(options.boolean(3) == true)
        #expect(options.string(50000) == "x")
        #expect(options.integer(50001) == 2)
        #expect(options.message(50002) == nil)
    }
}
