public import Canonical

/// A `google.api.Service`, as far as it says how methods are called over HTTP: YAML, or JSON, which is YAML.
///
/// Source: google/api/service.proto.
public struct ServiceConfiguration {
    /// In order; the last one for a method counts.
    public private(set) var rules: [ServiceRule] = []

    /// Reads a service configuration. What it has beyond HTTP rules is for others.
    ///
    /// - Returns: nil when there is an error among the findings.
    public static func read(_ bytes: [UInt8], named file: String) -> (ServiceConfiguration?, findings: [Diagnostic]) {
        let (root, findings, _) = YAMLComposer.compose(bytes, file: file)
        var reader = Reader(sources: SourceMap())
        var configuration = ServiceConfiguration()
        if let http = root?["http"] {
            reader.descend(into: http) { node, reader in configuration.read(node, &reader) }
        } else if findings.isEmpty {
            let place = SourceLocation(file: file, line: 1, column: 1)
            reader.report("config.missing-key", "the file has no \"http\" and so no rules", at: place)
        }
        let all = findings + reader.findings
        return (all.hasErrors ? nil : configuration, all)
    }

    private mutating func read(_ http: YAMLNode, _ reader: inout Reader) {
        guard case .mapping(let entries) = http.content else { return reader.expect("a mapping", found: http) }
        for entry in entries {
            reader.descend(into: entry) { node, reader in
                switch entry.key {
                case "rules": rules = Shape.list(of: ServiceRule.shape).read(node, &reader) ?? []
                case "fully_decode_reserved_expansion", "fullyDecodeReservedExpansion":
                    if Shape<Bool>.flag.read(node, &reader) == true {
                        reader.unsupported(entry.key, at: entry.keyLocation)
                    }
                default: reader.report("config.unknown-key", "unknown key", at: entry.keyLocation)
                }
            }
        }
    }
}
