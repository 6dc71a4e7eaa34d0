internal import Buffers

/// Files that need not be given: those that come with protoc, and the usual ones of Google-style APIs.
public enum BuiltInFiles {
    /// Whether the file that imports call `name` need not be given.
    public static func has(_ name: String) -> Bool { texts[name] != nil }

    /// The text of the file that imports call `name`.
    static func text(_ name: String) -> Bytes? {
        texts[name].map { text in
            let span = RawSpan(_unsafeStart: text.utf8Start, byteCount: text.utf8CodeUnitCount)
            return Bytes(copying: span)
        }
    }

    /// The file that declares the message or enum `name`, for advice.
    static func file(declaring name: String) -> String? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let package = "package \(name[..<dot].drop { $0 == "." });"
        let kinds = ["message", "enum"].map { "\($0) \(name[name.index(after: dot)...]) {" }
        return texts.keys.sorted().first { path in
            let text = texts[path]?.description ?? ""
            return text.contains(package) && kinds.contains(where: text.contains)
        }
    }

    /// descriptor.proto, linked: what options are made of where the files that use them do not bring it. It is never nil;
    /// a test links every built-in file.
    static let descriptors: DescriptorSet? = {
        var files = SourceFiles(findings: Findings()) { _ in nil }
        files.load("google/protobuf/descriptor.proto")
        return files.link()
    }()

    private static let texts: [String: StaticString] = {
        let all =
            DescriptorProto.files + WellKnownProtos.files + FeatureProtos.files + GoogleAPIProtos.files
            + GoogleRPCProtos.files + GoogleTypeProtos.files
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.text) })
    }()
}
