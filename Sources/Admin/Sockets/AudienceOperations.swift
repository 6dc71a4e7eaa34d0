internal import Buffers
internal import Canonical
internal import Engine
internal import JSONCodec
internal import Reactor

/// What can be done with groups and with users, wherever their sockets are.
struct AudienceOperations: Sendable {
    let crew: Crew

    /// How many there are.
    func count(_ audience: Audience, on worker: isolated Worker) async -> AdminAnswer {
        let counts = await crew.askAll(from: worker) { audience.members(in: $0).count }
        return Self.answer(of: audience, counts.reduce(0, +))
    }

    /// Sends all of them a message; those with no room for it go without.
    func push(
        _ request: AdminRequest, to audience: Audience, on worker: isolated Worker
    ) async throws(Failure) -> AdminAnswer {
        let message = try request.message
        let counts = await crew.askAll(from: worker) { sockets in
            // The same bytes for all of a worker's.
            let payload = Bytes(message.payload)
            let pushes = audience.members(in: sockets).map { $0.push(payload, isText: message.isText) }
            let sent = pushes.count(where: { if case .sent = $0 { true } else { false } })
            return (all: pushes.count, sent: sent)
        }
        let (all, sent) = counts.reduce((0, 0)) { ($0.0 + $1.all, $0.1 + $1.sent) }
        return Self.answer(of: audience, all, status: 202, ["sent": sent, "refused": all - sent])
    }

    /// Closes all of them.
    func close(
        _ audience: Audience, _ request: AdminRequest, on worker: isolated Worker
    ) async throws(Failure) -> AdminAnswer {
        let order = try CloseOrder(request)
        let counts = await crew.askAll(from: worker) { sockets in
            let members = audience.members(in: sockets)
            for member in members { member.close(code: order.code, reason: order.reason) }
            return members.count
        }
        return Self.answer(of: audience, counts.reduce(0, +))
    }

    /// Lets a socket, also one that is being opened, into a group or out of it.
    func change(
        _ request: AdminRequest, isJoining: Bool, on worker: isolated Worker
    ) async throws(Failure) -> AdminAnswer {
        let group = request["name"]
        try await crew.ask(about: request["id"], from: worker) { id, sockets, _ async throws(Failure) in
            _ = try sockets.socket(id)
            if isJoining { sockets.join(group, id) } else { sockets.leave(group, id) }
        }
        return AdminAnswer()
    }

    private static func answer(
        of audience: Audience, _ count: Int, status: Int = 200, _ numbers: KeyValuePairs<String, Int> = [:]
    ) -> AdminAnswer {
        AdminAnswer(status: status) { json in
            json.member(audience.kind.rawValue, audience.name)
            json.member("connections", count)
            for (name, number) in numbers { json.member(name, number) }
        }
    }
}
