internal import Canonical
internal import Engine

/// A service as its contract says it is spoken to.
protocol UpstreamService: Sendable {
    /// Speaks to the service for `operation`; throws a finding without a location.
    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory

    /// The contract as gRPC offers it, where it is one of gRPC's own.
    var grpcContract: GRPCContract? { get }

    /// What is spoken in tunnels to it, where it is not called by exchanges of HTTP.
    var tunnelled: (any TunnelledProtocol)? { get }
}

extension UpstreamService {
    var grpcContract: GRPCContract? { nil }
    var tunnelled: (any TunnelledProtocol)? { nil }
}
