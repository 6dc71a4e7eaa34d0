/// A WSDL, .proto or OpenAPI document read into operations and types; what every face serves from.
public final class Contract: Sendable {
    /// The contract's own name for itself.
    public let name: String
    /// Target namespace or package.
    public let namespace: String
    public let documentation: String?
    public let schema: Schema
    public let operations: [Operation]
    /// Addresses that the contract names for its service, best first.
    public let endpoints: [String]
    public let annotations: Annotations

    public init(
        name: String, namespace: String, documentation: String? = nil, schema: Schema, operations: [Operation],
        endpoints: [String] = [], annotations: Annotations = Annotations()
    ) {
        self.name = name
        self.namespace = namespace
        self.documentation = documentation
        self.schema = schema
        self.operations = operations
        self.endpoints = endpoints
        self.annotations = annotations
    }

    /// The operation called `name`, or `Service.Name` where services share names.
    public func operation(named name: String) -> Operation? {
        operations.first { $0.name == name } ?? operations.first { "\($0.service).\($0.name)" == name }
    }
}
