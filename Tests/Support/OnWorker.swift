public import Reactor

/// Runs `body` with the reactor of a worker that ends with it.
public func onWorker(_ body: @Sendable (Reactor) throws -> Void) async throws {
    let worker = try Worker.start()
    do {
        try await worker.run { worker in try body(worker.reactor) }
        await worker.stop()
    } catch {
        await worker.stop()
        throw error
    }
}
