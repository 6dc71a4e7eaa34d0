internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import ProtobufSchema

/// grpc.health.v1: whoever can ask is served. A watch tells that once and stays open.
///
/// Source: gRPC, "GRPC Health Checking Protocol".
final class HealthService: LocalService {
    private enum Status: UInt64 { case serving = 1, serviceUnknown = 3 }

    private let method: GRPCMethod
    private let services: Set<String>

    init(method: GRPCMethod, services: Set<String>) {
        self.method = method
        self.services = services
    }

    func receive(_ part: consuming RequestPart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        guard case .message(let message) = consume part else { return }
        let request = try WireField.all(of: message, method.request)
        let name = request.last { $0.tag == WireTag(1, .lengthDelimited) }?.text ?? ""
        let isKnown = name.isEmpty || services.contains(name)
        guard isKnown || method.isServerStreaming else {
            throw Failure(.notFound, Failure.statusReason, "There is no service \(name).", origin: .client)
        }
        var out = ByteWriter(capacity: 8)
        out.append(field: 1, varint: (isKnown ? Status.serving : .serviceUnknown).rawValue)
        parts.append(.head(HTTPResponseHead(status: 200)))
        parts.append(.message(method.response.message(out.finish(), as: .protobuf)))
        if !method.isServerStreaming { parts.append(.end(.success(trailers: nil))) }
    }
}

struct HealthFactory: LocalServiceFactory {
    let method: GRPCMethod
    let services: Set<String>

    func makeService(_ context: CallContext) -> any LocalService {
        HealthService(method: method, services: services)
    }
}
