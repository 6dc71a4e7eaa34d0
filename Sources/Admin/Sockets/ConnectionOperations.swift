internal import Buffers
internal import Canonical
internal import Engine
internal import JSONCodec
internal import Reactor

/// Whose statuses and members an answer has.
enum ReplyStyle: Sendable {
    case own
    /// Of `@connections` as Amazon's API Gateway has it.
    case aws
}

/// What can be done with one socket, whichever worker has it.
struct ConnectionOperations: Sendable {
    private static let mostListed = 1000

    let crew: Crew

    /// Some of the sockets that there are.
    func list(_ request: AdminRequest, on worker: isolated Worker) async throws(Failure) -> AdminAnswer {
        var limit = 100
        if let text = request.query["limit"] {
            guard let number = Int(text), (1...Self.mostListed).contains(number) else {
                throw .badParameter("limit", "is a number from 1 to \(Self.mostListed)")
            }
            limit = number
        }
        let most = limit
        let parts = await crew.askAll(from: worker) { sockets in
            (count: sockets.count, reports: sockets.some(most).map { SocketReport($0.id, $0.socket) })
        }
        return AdminAnswer { json in
            json.member("count", parts.reduce(0) { $0 + $1.count })
            json.member("connections") { json in
                json.array { json in
                    for report in parts.flatMap(\.reports).prefix(most) { json.object(report.writeSummary) }
                }
            }
        }
    }

    func show(
        _ request: AdminRequest, _ style: ReplyStyle, on worker: isolated Worker
    ) async throws(Failure) -> AdminAnswer {
        let report = try await crew.ask(about: request["id"], from: worker) { id, sockets, _ async throws(Failure) in
            SocketReport(id, try sockets.socket(id))
        }
        return AdminAnswer { json in
            report.write(&json)
            if style == .aws { report.writeAsAWS(&json) }
        }
    }

    /// Sends a message; with `wait=written` the answer comes when the client's connection has taken it.
    func push(
        _ request: AdminRequest, _ style: ReplyStyle, on worker: isolated Worker
    ) async throws(Failure) -> AdminAnswer {
        let message = style == .aws ? PushedMessage(awsPayload: request.body) : try request.message
        let waits = try Self.waits(request)
        let number = try await crew.ask(about: request["id"], from: worker) {
            id, sockets, worker async throws(Failure) in
            let socket = try sockets.openSocket(id)
            let number = try Self.push(message, to: socket)
            guard waits else { return number }
            let isWritten = await withCheckedContinuation { continuation in
                socket.whenWritten { continuation.resume(returning: $0) }
            }
            // It is over, and that is what is told.
            if !isWritten { _ = try sockets.openSocket(id) }
            return number
        }
        return AdminAnswer(status: waits || style == .aws ? 200 : 202) { json in
            json.member("connection", request["id"])
            json.member("delivery", number)
        }
    }

    private static func waits(_ request: AdminRequest) throws(Failure) -> Bool {
        switch request.query["wait"] {
        case nil: return false
        case "written": return true
        default: throw .badParameter("wait", "is \"written\" or is left out")
        }
    }

    private static func push(_ message: PushedMessage, to socket: any AddressedSocket) throws(Failure) -> Int {
        switch socket.push(Bytes(message.payload), isText: message.isText) {
        case .sent(let number): return number
        case .full, .notOpen: throw .socketFull
        case .tooLarge(let limit): throw .tooLarge(limit)
        }
    }

    func close(_ request: AdminRequest, on worker: isolated Worker) async throws(Failure) -> AdminAnswer {
        let order = try CloseOrder(request)
        try await crew.ask(about: request["id"], from: worker) { id, sockets, _ async throws(Failure) in
            try sockets.openSocket(id).close(code: order.code, reason: order.reason)
        }
        return AdminAnswer()
    }
}
