import Admin
import Buffers
import Canonical
import Engine
import HTTP
import Reactor

/// Workers that offer the admin API, and sockets on them.
struct Offices: Sendable {
    let workers: [Worker]
    let key: SocketKey

    /// What a worker of the test keeps.
    final class Office {
        let gateway: Gateway
        let target: AdminTarget
        var sockets: [String: PlayedSocket] = [:]

        init(_ gateway: Gateway) {
            self.gateway = gateway
            target = AdminTarget(sockets: gateway.sockets)
        }
    }

    static func open(_ count: Int, _ access: AdminAccess, messageBytes: Int) async throws -> Offices {
        let workers = try Worker.start(count)
        let key = SocketKey()
        let plan = AdminPlan(
            workers: workers, sockets: key, access: access, messageBytes: messageBytes, failures: Problems()
        ).plan
        for worker in workers {
            await worker.run { worker in
                let sockets = SocketDirectory(reactor: worker.reactor, key: key, worker: worker.index)
                let gateway = Gateway(reactor: worker.reactor, plan: plan, seed: 1, sockets: sockets) { _, _ in Nobody()
                }
                let office = Office(gateway)
                worker.reactor[Office.self] = office
                worker.reactor[AdminTarget.self] = office.target
            }
        }
        return Offices(workers: workers, key: key)
    }

    func close() async {
        for worker in workers { await worker.stop() }
    }

    /// Does or asks something on a worker.
    @discardableResult
    func on<Result: Sendable>(_ index: Int, _ body: @Sendable (Office) -> Result) async -> Result? {
        await workers[index].run { worker in worker.reactor[Office.self].map(body) }
    }

    /// Opens a socket on a worker; returns its name.
    func socket(on index: Int, user: String? = nil, stage: SocketStage = .open) async -> String {
        await on(index) { office in
            let socket = PlayedSocket(stage: stage, user: user)
            let id = office.target.sockets.add(socket, user: user).text
            office.sockets[id] = socket
            return id
        } ?? ""
    }

    /// Does or asks something with a socket.
    @discardableResult
    func with<Result: Sendable>(_ id: String, _ body: @Sendable (PlayedSocket) -> Result) async -> Result? {
        await on(worker(of: id)) { office in office.sockets[id].map(body) } ?? nil
    }

    /// The socket is over.
    func end(_ id: String, code: Int) async {
        let key = key
        await on(worker(of: id)) { office in
            guard let id = SocketID(id, key: key) else { return }
            office.target.sockets.remove(id, SocketEnd(code: code, time: 1_790_000_060))
        }
    }

    private func worker(of id: String) -> Int { SocketID(id, key: key)?.worker ?? 0 }

    /// Sends a request to one worker's API.
    func ask(
        _ method: HTTPMethod, _ target: String, _ headers: [(String, String)] = [], _ body: String? = nil,
        bytes: [UInt8]? = nil, host: String = "localhost:9901", on index: Int = 0
    ) async -> Answer {
        await workers[index].run { worker in
            guard let office = worker.reactor[Office.self] else { return Answer(status: 0, headers: [:], body: "") }
            let client = PlayedClient()
            let call = office.gateway.takeCall()
            call.request.method = method
            call.request.target = Array(target.utf8)
            call.request.authority = Array(host.utf8)
            let content = bytes ?? body.map { Array($0.utf8) }
            call.request.body = content == nil ? .none : .unknown
            for (name, value) in headers { call.request.headers.append(name, value) }
            call.start(on: client, from: ClientIdentity(address: Array("127.0.0.1".utf8)))
            if let content { call.receive(.body(Bytes(content))) }
            call.receive(.end(trailers: nil))
            return await withCheckedContinuation { continuation in
                client.whenAnswered { continuation.resume(returning: $0) }
            }
        }
    }
}

/// There are no upstreams.
private final class Nobody: EndpointConnector {
    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        throw Failure(.unavailable, "test.nobody", "Nobody is there.")
    }

    func close() {}
}

/// Runs `body` with the API on `count` workers, which end with it.
func withOffices(
    _ count: Int = 1, token: String? = nil, isUnixSocket: Bool = false, messageBytes: Int = 2000,
    _ body: (Offices) async throws -> Void
) async throws {
    let access = AdminAccess(token: token, isUnixSocket: isUnixSocket)
    let offices = try await Offices.open(count, access, messageBytes: messageBytes)
    do {
        try await body(offices)
    } catch {
        await offices.close()
        throw error
    }
    await offices.close()
}
