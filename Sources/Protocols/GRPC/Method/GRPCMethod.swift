internal import Buffers
public import Canonical
internal import ProtobufSchema

/// One operation as gRPC, gRPC-Web and Connect call it, from either side; compiled at load, shared by all workers.
///
/// A face and an upstream whose methods are of one plan pass messages on without reading them.
public final class GRPCMethod: Sendable {
    /// Bytes that a message may have where nothing else is said.
    public static let defaultMessageBytes = 4 << 20

    public let operation: Operation
    public let request: MessageFormats
    public let response: MessageFormats
    /// The full name of its service.
    public let service: String
    /// `/package.Service/Method`: where it is called.
    public let path: String
    /// Bytes of one message, before and after decompressing.
    public let messageBytes: Int
    public let isClientStreaming: Bool
    public let isServerStreaming: Bool
    let statuses: StatusTypes
    /// Writes the details of declared faults.
    let faults: [String: FaultFormat]

    /// - Throws: A diagnostic without a location when protobuf does not know the operation.
    public init(
        _ operation: Operation, plan: GRPCPlan, messageBytes: Int = GRPCMethod.defaultMessageBytes
    ) throws(Diagnostic) {
        guard let method = plan.method(operation) else {
            throw Diagnostic(.error, "grpc.no-method", "\(operation.name) is no method of a protobuf service")
        }
        self.operation = operation
        request = plan.request(method, of: operation)
        response = plan.response(method, of: operation)
        service = method.service
        path = method.path
        self.messageBytes = messageBytes
        isClientStreaming = method.isClientStreaming
        isServerStreaming = method.isServerStreaming
        statuses = plan.statuses
        var faults: [String: FaultFormat] = [:]
        for fault in operation.faults { faults[fault.name] = plan.fault(fault, of: operation) }
        self.faults = faults
    }
}
