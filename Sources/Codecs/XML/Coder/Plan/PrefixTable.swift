internal import Buffers

/// One prefix for each namespace of a plan: the schema documents' own where it is unique and fit, else `ns1`, `ns2`….
struct PrefixTable {
    /// By namespace id; empty for no namespace.
    private(set) var prefixes: [String] = []

    /// Prefixes that others expect to mean something, or that the encoder makes for itself.
    private static let reserved: Set<String> = [
        "xml", "xmlns", "xsi", "xsd", "xs", "soap", "soapenv", "env", "wsse", "wsu",
    ]

    init(_ table: NamespaceTable, declared: [(prefix: String, namespace: String)]) {
        var taken = PrefixTable.reserved
        var wanted: [String: String] = [:]
        for (prefix, namespace) in declared where wanted[namespace] == nil && PrefixTable.isFit(prefix) {
            if taken.insert(prefix).inserted { wanted[namespace] = prefix }
        }
        var number = 0
        for index in 0..<table.count {
            let namespace = String(table.name(of: NamespaceID(rawValue: Int32(index))) ?? Bytes())
            switch NamespaceID(rawValue: Int32(index)) {
            case .none: prefixes.append("")
            case .xml: prefixes.append("xml")
            case .xmlns: prefixes.append("xmlns")
            case .xsi: prefixes.append("xsi")
            default:
                if namespace == BuiltInTypes.namespace {
                    prefixes.append("xsd")
                } else if let prefix = wanted[namespace] {
                    prefixes.append(prefix)
                } else {
                    repeat { number += 1 } while taken.contains("ns\(number)")
                    prefixes.append("ns\(number)")
                }
            }
        }
    }

    subscript(id: NamespaceID) -> String { prefixes[Int(id.rawValue)] }

    /// `name` as it stands in a tag.
    func tagName(_ name: QualifiedName, _ id: NamespaceID) -> String {
        id == .none ? name.local : "\(self[id]):\(name.local)"
    }

    /// Short ASCII names; those that begin with `_` are left to the encoder for namespaces that no contract knows.
    private static func isFit(_ prefix: String) -> Bool {
        let bytes = Array(prefix.utf8)
        guard let first = bytes.first, bytes.count <= 16, ASCII.isLetter(first) else { return false }
        return bytes.allSatisfy(XMLCharacter.isASCIIName) && !prefix.lowercased().hasPrefix("xml")
    }
}
