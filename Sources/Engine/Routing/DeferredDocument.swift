public import Buffers
internal import Reactor

/// A document that is made when somebody asks for it, once, and kept from then on. Most are never asked for.
///
/// Large contracts have large documents: it is made beside the workers, whose other calls go on meanwhile. What might be
/// wrong with it is found at load; making it cannot fail.
public final class DeferredDocument: Sendable {
    private enum State {
        case unasked(@Sendable () async -> Bytes)
        case asked(Task<Bytes, Never>)
    }

    private let state: Guarded<State>

    public init(_ make: @escaping @Sendable () async -> Bytes) {
        state = Guarded(.unasked(make))
    }

    public var bytes: Bytes {
        get async { await task.value }
    }

    private var task: Task<Bytes, Never> {
        state.withLock { state in
            switch state {
            case .asked(let task): return task
            case .unasked(let make):
                let task = Task.detached { await make() }
                state = .asked(task)
                return task
            }
        }
    }
}
