public import Canonical

extension EndpointConnector {
    public func openTunnel(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        try open(for: receiver)
    }
}
