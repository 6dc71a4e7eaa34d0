public import Reactor

/// A protocol that is spoken in tunnels to an upstream's endpoints, one exchange in each or many. Compiled at load, shared
/// by all workers.
public protocol TunnelledProtocol: Sendable {
    /// Opens the streams of calls to `endpoint` from one worker.
    ///
    /// - Parameter tunnels: Opens the tunnels.
    func makeConnector(
        over tunnels: any EndpointConnector, to endpoint: Endpoint, of upstream: Upstream, on reactor: Reactor
    ) -> any EndpointConnector
}
