internal import Canonical
internal import Engine
internal import Reactor

/// The workers of the process, as one of them asks the others: one hop to each and back, and only values cross.
struct Crew: Sendable {
    let workers: [Worker]
    let key: SocketKey

    /// Asks the worker whose socket is called `text`.
    ///
    /// - Throws: `notFound` for a name that this process did not make, and whatever `body` throws.
    func ask<Result: Sendable>(
        about text: String, from worker: isolated Worker,
        _ body: @Sendable (SocketID, SocketDirectory, isolated Worker) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        guard let id = SocketID(text, key: key), workers.indices.contains(id.worker) else { throw .unknownSocket }
        return try await workers[id.worker].run { worker async throws(Failure) in
            guard let target = worker.reactor[AdminTarget.self] else { throw Failure.draining }
            return try await body(id, target.sockets, worker)
        }
    }

    /// Asks every worker that serves, one after the other.
    func askAll<Result: Sendable>(
        from worker: isolated Worker, _ body: @Sendable (SocketDirectory) -> Result
    ) async -> [Result] {
        var results: [Result] = []
        for other in workers {
            let result = await other.run { worker in worker.reactor[AdminTarget.self].map { body($0.sockets) } }
            if let result { results.append(result) }
        }
        return results
    }
}
