import Buffers
import Canonical
import ProtobufSchema
import Testing

struct BuiltInFileTests {
    private static let names: [String] = {
        let groups = [
            "google/protobuf/": [
                "any", "api", "compiler/plugin", "cpp_features", "descriptor", "duration", "empty", "field_mask",
                "go_features", "java_features", "source_context", "struct", "timestamp", "type", "wrappers",
            ],
            "google/api/": [
                "annotations", "client", "field_behavior", "field_info", "http", "httpbody", "launch_stage", "resource",
                "routing", "visibility",
            ],
            "google/rpc/": ["code", "error_details", "status"],
            "google/type/": [
                "calendar_period", "color", "date", "datetime", "dayofweek", "decimal", "expr", "fraction", "interval",
                "latlng", "localized_text", "money", "month", "phone_number", "postal_address", "quaternion",
                "timeofday",
            ],
        ]
        return groups.flatMap { folder, files in files.map { folder + $0 + ".proto" } }.sorted()
    }()

    @Test(arguments: names) func `a built-in file compiles without a word`(_ name: String) throws {
        let (set, warnings) = try ProtobufCompiler(importPaths: [], loader: Folder(files: [:])).compile([name])
        #expect(set.files.last?.name == name)
        #expect(warnings.map(\.line).isEmpty)
    }

    @Test func `what descriptors say is read as it was written`() throws {
        let (set, _) = try ProtobufCompiler(importPaths: [], loader: Folder(files: [:])).compile(Self.names)
        let bytes = FileDescriptor.encodedSet(set.files)
        let again = try DescriptorSet(linking: FileDescriptor.set(bytes))
        #expect(FileDescriptor.encodedSet(again.files) == bytes)
    }
}
