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

    func start(_ operation: @escaping @Sendable () async -> Success) -> Task<Void, Never> {
        Task { [self] in
            guard let worker else { return }
            await run(operation, on: worker)
        }
    }

    private func run(_ operation: @Sendable () async -> Success, on worker: isolated Worker) async {
        body(await operation())
    }
}
