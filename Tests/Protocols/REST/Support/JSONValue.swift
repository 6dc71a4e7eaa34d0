import Buffers
import Canonical
import JSONCodec

/// JSON as a tree, to look things up in what was written.
indirect enum JSONValue: Equatable {
    case object([(name: String, value: JSONValue)])
    case array([JSONValue])
    case string(String)
    /// A number, boolean or null as it is written.
    case literal(String)

    /// - Throws: What the JSON reader throws, for a name that occurs twice too.
    init(_ text: Bytes) throws(Failure) {
        let document = try JSONCoder(.any, schema: Schema.Builder().build()).decode(text)
        self.init(document, 0)
    }

    private init(_ document: Document, _ index: Int) {
        let node = document.nodes[index]
        switch node.kind {
        case .object:
            let children = Array(document.children(of: index))
            self = .object(
                stride(from: 0, to: children.count, by: 2).map { place in
                    (
                        String(decoding: document.text(of: document.nodes[children[place]])),
                        JSONValue(document, children[place + 1])
                    )
                })
        case .list: self = .array(document.children(of: index).map { JSONValue(document, $0) })
        case .string: self = .string(String(decoding: document.text(of: node)))
        case .number: self = .literal(String(decoding: document.text(of: node)))
        case .true: self = .literal("true")
        case .false: self = .literal("false")
        default: self = .literal("null")
        }
    }

    static func == (left: JSONValue, right: JSONValue) -> Bool { left.text == right.text }

    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The value at a path of names joined by `/`; names with a slash in them begin with `~`, which stands for it.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: "/").reduce(self) { $0?[String($1.replacing("~", with: "/"))] }
    }

    var names: [String] {
        if case .object(let members) = self { members.map(\.name) } else { [] }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// Compact JSON, for comparisons.
    var text: String {
        switch self {
        case .object(let members): "{" + members.map { "\"\($0.name)\":\($0.value.text)" }.joined(separator: ",") + "}"
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .string(let text): "\"\(text)\""
        case .literal(let text): text
        }
    }

    /// All values in it that are members called `name`.
    func all(_ name: String) -> [JSONValue] {
        switch self {
        case .object(let members):
            members.flatMap { ($0.name == name ? [$0.value] : []) + $0.value.all(name) }
        case .array(let items): items.flatMap { $0.all(name) }
        case .string, .literal: []
        }
    }
}
