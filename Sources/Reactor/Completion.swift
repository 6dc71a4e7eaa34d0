/// A callback that waits for a task of the worker.
///
/// Unchecked: the task carries it, but nobody looks inside except on the worker, whose executor both `start` and the
/// call of `body` are on (WorkerTests "a task hands its result to a callback on the worker").
final class Completion<Success: Sendable>: @unchecked Sendable {
    private let worker: Worker?
    private let body: (Success) -> Void

    init(reactor: Reactor, body: @escaping (Success) -> Void) {
        worker = reactor.worker
        self.body = body
    }

    func start(_ operation: @escaping @Sendable (isolated Worker) async -> Success) -> Task<Void, Never> {
        guard let worker else { return Task {} }
        return worker.assumeIsolated { worker in
            // Naming the worker in it makes the task begin there.
            Task { body(await operation(worker)) }
        }
    }
}
