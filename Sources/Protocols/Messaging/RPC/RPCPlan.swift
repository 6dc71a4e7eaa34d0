internal import Canonical
public import Engine

/// The methods of one exposed contract by their names: what JSON-RPC calls. Compiled at load, shared by all workers.
///
/// This module turns the messages of WebSockets into calls, and calls into messages. It knows Engine's roles and the
/// WebSocket wire, and no other protocol.
public struct RPCPlan: ConversationFactory, Sendable {
    private let methods: [String: SocketMethod]

    /// - Parameter methods: Each is called by `Service.Operation`, and by the operation's name alone where no other has it.
    public init(_ methods: [SocketMethod]) {
        var table: [String: SocketMethod] = [:]
        let byName = Dictionary(grouping: methods) { $0.operation.name }
        for method in methods {
            table["\(method.operation.service).\(method.operation.name)"] = method
            if byName[method.operation.name]?.count == 1 { table[method.operation.name] = method }
        }
        self.methods = table
    }

    func method(named name: String) -> SocketMethod? { methods[name] }

    func makeConversation(on socket: ClientSocket) -> any Conversation {
        RPCConversation(on: socket, self)
    }

    /// What serves the sockets of the face.
    public func factory(settings: SocketSettings, failures: any FailureRenderer) -> SocketFactory {
        SocketFactory(self, settings: settings, failures: failures)
    }
}
