public import Canonical

/// The lock file of a contract: YAML that people can read and merge, one line for each name.
public struct LockFile: Configurable {
    public private(set) var lock = ContractLock()
    private var version = 1

    public init() {}

    /// The path of the lock beside a contract.
    public static func path(besides contract: String) -> String { contract + ".lock" }

    /// Reads a lock file.
    ///
    /// - Returns: The lock, nil when there is an error among the findings.
    public static func read(_ bytes: [UInt8], named file: String) -> (lock: ContractLock?, findings: [Diagnostic]) {
        let (root, findings, _) = YAMLComposer.compose(bytes, file: file)
        guard let root else {
            let empty = Diagnostic(
                .error, "config.syntax", "the file says nothing", at: SourceLocation(file: file, line: 1, column: 1))
            return (nil, findings.isEmpty ? [empty] : findings)
        }
        var reader = Reader(sources: SourceMap())
        let content = LockFile.read(root, reader: &reader)
        let all = findings + reader.findings
        return (all.hasErrors ? nil : content?.lock, all)
    }

    static let keys: [Key<LockFile>] = [
        .required("version", \.version, .integer(1...1), "The version of this file's language."),
        .required("services", \.lock.services, services, "Port types with their operations, by qualified name."),
        .required("types", \.lock.types, types, "Message types with their fields, by qualified name or path."),
        .optional(
            "enumerations", \.lock.enumerations, enumerations, "Enums of protobuf, by qualified name or path."),
    ]

    private static let services = Shape<[ContractLock.Service]>.entries(of: Shape<LockedService>.mapping, name: \.name)
    {
        ContractLock.Service(
            key: $1, name: $0.name, segment: $0.segment, isReserved: $0.isReserved, operations: $0.operations)
    }

    private static let types = Shape<[ContractLock.MessageType]>.entries(of: Shape<LockedType>.mapping, name: \.name) {
        ContractLock.MessageType(
            key: $1, name: $0.name, protobufName: $0.protobufName, isReserved: $0.isReserved, fields: $0.fields,
            variants: $0.variants)
    }

    private static let enumerations = Shape<[ContractLock.Enumeration]>.entries(
        of: Shape<LockedEnumeration>.mapping, name: \.name
    ) {
        ContractLock.Enumeration(key: $1, name: $0.name, isReserved: $0.isReserved, values: $0.values)
    }
}
