internal import Canonical
internal import Configuration
internal import Engine
internal import JSONCodec
internal import Messaging

/// A service that is called over WebSocket, whatever its contract is.
struct SocketService: UpstreamService {
    private let plan: SocketServicePlan
    /// A contract of gRPC as its faces have it.
    private let grpc: GRPCService?

    /// - Parameters:
    ///   - requests: How messages look as JSON.
    ///   - answers: How those of the service are read.
    init(
        _ contract: Contract, of upstream: Configuration.Upstream, requests: JSONPlan, answers: JSONPlan,
        as grpc: GRPCService? = nil, observer: (any SocketObserver)?
    ) {
        let options = upstream.webSocket
        let language: SocketLanguage =
            switch options.style {
            case .jsonRPC: .jsonRPC
            case .json:
                .json(
                    SocketFields(
                        operation: options.operation, correlation: options.correlation, payload: options.payload,
                        end: options.end, error: options.error))
            }
        let settings = SocketServiceSettings(
            subprotocol: options.subprotocol, compresses: options.compresses, messageBytes: options.messageBytes,
            ping: options.ping, callsAtOnce: options.callsAtOnce, queueBytes: options.queueBytes)
        plan = SocketServicePlan(
            contract, language, settings: settings, requests: requests, answers: answers, observer: observer)
        self.grpc = grpc
    }

    func translator(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        try plan.factory(for: operation)
    }

    var grpcContract: GRPCContract? { grpc?.grpcContract }

    var tunnelled: (any TunnelledProtocol)? { plan }
}
