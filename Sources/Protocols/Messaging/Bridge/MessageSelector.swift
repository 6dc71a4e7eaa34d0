internal import Buffers
internal import Canonical
internal import JSONCodec
internal import WebSocket

/// Finds out where a message goes.
struct MessageSelector {
    let plan: BridgePlan

    /// - Returns: The target with what it gets of the message; nil when the message is for none.
    func choose(_ message: WebSocketMessage, number: Int) -> BridgeMessage? {
        guard message.kind == .text, let members = try? JSONMembers(message.payload) else {
            return fallback(message, number, id: nil, isJSON: false)
        }
        let id = members["id"]
        guard let path = plan.selector, let name = text(at: path[...], in: members), let target = plan.targets[name]
        else { return fallback(message, number, id: id, isJSON: true) }
        return BridgeMessage(
            number: number, target: target, kind: .text, payload: payload(members, path, target), id: id,
            isJSON: true)
    }

    private func fallback(_ message: WebSocketMessage, _ number: Int, id: Bytes?, isJSON: Bool) -> BridgeMessage? {
        guard let target = plan.fallback, message.kind == .text || target.method == nil else { return nil }
        return BridgeMessage(
            number: number, target: target, kind: message.kind, payload: message.payload, id: id,
            isJSON: isJSON)
    }

    private func text(at path: ArraySlice<String>, in members: JSONMembers) -> String? {
        guard let name = path.first else { return nil }
        if path.count == 1 { return members.text(of: name) }
        guard let inner = members[name], let object = try? JSONMembers(inner) else { return nil }
        return text(at: path.dropFirst(), in: object)
    }

    /// An operation does not know the members that are for us, unless it has fields of their names.
    private func payload(_ members: JSONMembers, _ path: [String], _ target: SocketTarget) -> Bytes {
        guard let method = target.method else { return members.without([]) }
        let ours = Set([path[0], "id"]).filter { !method.hasField($0) }
        return members.without(ours)
    }
}
