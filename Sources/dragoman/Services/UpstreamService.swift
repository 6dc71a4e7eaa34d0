internal import Canonical
internal import Engine

/// A service as its contract says it is spoken to.
protocol UpstreamService: Sendable {
    /// Speaks to the service for `operation`; throws a finding without a location.
    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory

    /// Where and how `operation` is offered as gRPC; throws a finding without a location.
    func grpcFace(of operation: Operation) throws(Diagnostic) -> (path: PathPattern, face: any FaceFactory)
}
