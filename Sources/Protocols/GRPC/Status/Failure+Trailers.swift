internal import Buffers
internal import Canonical
internal import HTTP
internal import JSONCodec

// Failures as gRPC says them, and back: the gRPC column of the table of failures (docs/failures.md).
extension Failure {
    /// The reason of a failure that is a service's own status.
    static let statusReason = "grpc.status"

    /// Adds `grpc-status` and what goes with it.
    func append(to trailers: inout Headers, _ method: GRPCMethod) {
        trailers.append(.grpcStatus, String(code.rawValue))
        var text = ByteWriter()
        PercentText.write(message, into: &text)
        if !text.isEmpty { trailers.append(.grpcMessage, text.written) }
        if let status = method.statuses.status(of: self, faults: method.faults) {
            trailers.append("grpc-status-details-bin", Base64Text.encode(status))
        }
        Metadata.append(headers, to: &trailers)
    }
}

/// What a service's trailers say.
enum GRPCStatus {
    case ok
    case failure(Failure)

    /// - Parameter trailers: Or the head, where there is nothing else.
    /// - Returns: nil without `grpc-status`.
    init?(_ trailers: borrowing Headers, _ types: StatusTypes) {
        guard let index = trailers.firstIndex(of: .grpcStatus) else { return nil }
        let number = Int(String(decoding: trailers.value(at: index)))
        if number == 0 {
            self = .ok
            return
        }
        let message = trailers.firstIndex(of: .grpcMessage).map { PercentText.read(trailers.value(at: $0)) }
        self = .failure(
            Failure(
                number.flatMap(FailureCode.init) ?? .unknown, Failure.statusReason, message ?? "", origin: .upstream,
                details: GRPCStatus.details(trailers, types), headers: Metadata.pairs(trailers)))
    }

    private static func details(_ trailers: borrowing Headers, _ types: StatusTypes) -> [FailureDetail] {
        let name: [UInt8] = Array("grpc-status-details-bin".utf8)
        guard let index = trailers.firstIndex(ofText: name.span.bytes),
            let status = Base64Text.decode(trailers.value(at: index))
        else { return [] }
        return types.details(of: status)
    }
}
