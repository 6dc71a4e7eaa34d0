/// One way to call a method over HTTP, as a service configuration says it; neither checked nor compiled.
///
/// Source: google/api/http.proto.
public struct HTTPBindingEntry: Configurable {
    /// `GET`, `PUT`, `POST`, `DELETE`, `PATCH`, or what a custom pattern names.
    public internal(set) var method = ""
    public internal(set) var path = ""
    /// The field that the body is: `*` for all that the path does not have, empty for none.
    public private(set) var body = ""
    /// The field of the answer that is its body; empty for the whole answer.
    public private(set) var responseBody = ""

    public init() {}

    /// Both spellings are in use: that of YAML's examples, and that of JSON.
    static let keys: [Key<HTTPBindingEntry>] =
        verbs.map { .verb($0) } + [
            .custom,
            .optional("body", \.body, .text, "The field that is the body; * for all that the path does not have."),
            .optional("response_body", \.responseBody, .text, "The field of the answer that is its body."),
            .optional("responseBody", \.responseBody, .text, "The field of the answer that is its body."),
        ]

    private static let verbs = ["get", "put", "post", "delete", "patch"]

    func inspect(_ node: YAMLNode, reader: inout Reader) {
        let patterns = (Self.verbs + ["custom"]).filter { node[$0] != nil }
        if patterns.isEmpty {
            reader.missing("a rule has one of \(Self.verbs.joined(separator: ", ")), custom", in: node)
        }
        for name in patterns.dropFirst() {
            guard let entry = node[name] else { continue }
            reader.report("route.ambiguous", "the rule has \"\(patterns[0])\" already", at: entry.keyLocation)
        }
    }
}

/// `custom: { kind: SEARCH, path: /items }`.
private struct CustomPattern: Configurable {
    var kind = ""
    var path = ""

    static let keys: [Key<CustomPattern>] = [
        .required("kind", \.kind, .text, "The HTTP method; * for any."),
        .required("path", \.path, .text, "The path."),
    ]
}

extension Key<HTTPBindingEntry> {
    fileprivate static func verb(_ name: String) -> Key {
        let schema = Shape<String>.text.described("The path of \(name.uppercased()) requests.")
        return Key(description: KeyDescription(name: name, presence: .optional, schema: schema)) {
            $1.method = name.uppercased()
            if let path = Shape<String>.text.read($0, &$2) { $1.path = path }
        }
    }

    fileprivate static var custom: Key {
        let schema = Shape<CustomPattern>.mapping.described("A method of another name, and its path.")
        return Key(description: KeyDescription(name: "custom", presence: .optional, schema: schema)) {
            guard let pattern = Shape<CustomPattern>.mapping.read($0, &$2) else { return }
            ($1.method, $1.path) = (pattern.kind, pattern.path)
        }
    }
}
