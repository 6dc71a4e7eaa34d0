/// One callable thing of a contract.
public final class Operation: Sendable {
    /// Unique among the operations of its service.
    public let name: String
    /// The port type, service or tag that it belongs to.
    public let service: String
    public let documentation: String?
    public let input: ValueType
    public let output: ValueType
    public let faults: [FaultType]
    public let interaction: Interaction
    public let effect: Effect
    public let annotations: Annotations

    public init(
        name: String, service: String, documentation: String? = nil, input: ValueType, output: ValueType,
        faults: [FaultType] = [], interaction: Interaction = .unary, effect: Effect = .mutating,
        annotations: Annotations = Annotations()
    ) {
        self.name = name
        self.service = service
        self.documentation = documentation
        self.input = input
        self.output = output
        self.faults = faults
        self.interaction = interaction
        self.effect = effect
        self.annotations = annotations
    }
}

/// A failure that the contract declares.
public struct FaultType: Sendable {
    public var name: String
    public var documentation: String?
    public var type: ValueType
    public var annotations: Annotations

    public init(name: String, documentation: String? = nil, type: ValueType, annotations: Annotations = Annotations()) {
        self.name = name
        self.documentation = documentation
        self.type = type
        self.annotations = annotations
    }
}

/// How many messages go each way.
public enum Interaction: Sendable {
    case unary
    /// A request that is never answered with a message.
    case oneWay
    case clientStream, serverStream, bidirectionalStream
}

/// What calling it does; drives retry, caching and GET.
public enum Effect: Sendable {
    case safe, idempotent, mutating
}
