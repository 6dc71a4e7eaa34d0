public import Canonical
public import Engine
public import JSONCodec
public import Reactor
internal import WebSocket

/// What is spoken on the sockets to a service.
public enum SocketLanguage: Sendable {
    /// JSON-RPC 2.0, with the notifications for streams that our own sockets have.
    case jsonRPC
    /// Objects of the operations' types.
    case json(SocketFields)
}

/// How the operations of one contract are called at a service that speaks WebSocket. Compiled at load, shared by all
/// workers.
public final class SocketServicePlan: Sendable {
    let style: any SocketStyle
    let settings: SocketServiceSettings
    let observer: (any SocketObserver)?
    private let schema: Schema
    /// By what the service calls them.
    private let operations: [String: SocketOperation]

    /// - Parameters:
    ///   - requests: Writes what the service gets.
    ///   - answers: Reads what it answers; the service is to blame for what is wrong with that.
    public init(
        _ contract: Contract, _ language: SocketLanguage, settings: SocketServiceSettings, requests: JSONPlan,
        answers: JSONPlan, observer: (any SocketObserver)? = nil
    ) {
        switch language {
        case .jsonRPC: style = RPCStyle()
        case .json(let fields): style = FieldStyle(fields)
        }
        self.settings = settings
        self.observer = observer
        schema = contract.schema
        let byName = Dictionary(grouping: contract.operations, by: \.name)
        var operations: [String: SocketOperation] = [:]
        for operation in contract.operations {
            let isOnly = byName[operation.name]?.count == 1
            let name = isOnly ? operation.name : "\(operation.service).\(operation.name)"
            operations[name] = SocketOperation(operation, named: name, requests: requests, answers: answers)
        }
        self.operations = operations
    }

    func operation(named name: String) -> SocketOperation? { operations[name] }

    /// What speaks to the service for `operation`.
    ///
    /// - Throws: A finding without a location: "websocket.stream", "websocket.envelope".
    public func factory(for operation: Operation) throws(Diagnostic) -> any UpstreamFactory {
        guard let compiled = operations["\(operation.service).\(operation.name)"] ?? operations[operation.name] else {
            preconditionFailure("an operation of another contract")
        }
        try style.check(operation, named: compiled.name, in: schema)
        return SocketUpstreamFactory(compiled, isShared: style.isShared)
    }
}

extension SocketServicePlan: TunnelledProtocol {
    public func makeConnector(
        over tunnels: any EndpointConnector, to endpoint: Endpoint, of upstream: Upstream, on reactor: Reactor
    ) -> any EndpointConnector {
        UpstreamSocketPool(self, over: tunnels, to: endpoint, limits: upstream.limits, on: reactor)
    }
}

/// What sockets to a service may do; compiled from the configuration.
public struct SocketServiceSettings: Sendable {
    /// What is asked for; nil: nothing.
    public var subprotocol: String?
    /// Whether messages may be compressed.
    public var compresses: Bool
    /// Calls under way at once on a shared socket; more open another.
    public var callsAtOnce: Int
    /// Bytes of a shared socket's messages that may wait for one client.
    public var queueBytes: Int
    let wire: WebSocketSettings

    /// - Parameters:
    ///   - messageBytes: Bytes of one message, both ways.
    ///   - ping: After so much silence the service is pinged; after twice as much the socket is given up.
    public init(
        subprotocol: String? = nil, compresses: Bool = true, messageBytes: Int = 1 << 20,
        ping: Duration = .seconds(30), callsAtOnce: Int = 64, queueBytes: Int = 1 << 20
    ) {
        self.subprotocol = subprotocol
        self.compresses = compresses
        self.callsAtOnce = callsAtOnce
        self.queueBytes = queueBytes
        var wire = WebSocketSettings()
        wire.messageBytes = messageBytes
        wire.pingNanoseconds = ping.nanoseconds
        self.wire = wire
    }
}
