internal import CLinux
internal import Glibc

/// A few threads for look-ups that block; they live only while there is work.
final class LookupPool: Sendable {
    typealias Work = @Sendable () -> Void

    private struct State {
        var waiting: [Work] = []
        var threads = 0
    }

    private let state = Guarded(State())
    private let maximumThreads: Int
    private let maximumWaiting: Int

    init(_ settings: ResolverSettings) {
        maximumThreads = max(1, settings.maximumThreads)
        maximumWaiting = settings.maximumWaiting
    }

    /// Runs `work` on some thread soon; false when too much is waiting already, or no thread can be had.
    func run(_ work: @escaping Work) -> Bool {
        let (accepted, needsThread) = state.withLock { state in
            if state.threads < maximumThreads {
                state.threads += 1
                state.waiting.append(work)
                return (true, true)
            }
            guard state.waiting.count < maximumWaiting else { return (false, false) }
            state.waiting.append(work)
            return (true, false)
        }
        guard needsThread else { return accepted }
        if WorkerThread.start(named: "lookup", { [self] in runWaiting() }) { return true }
        return state.withLock { state in
            state.threads -= 1
            // With other threads at work it will be seen to; else nobody would.
            if state.threads == 0 { state.waiting.removeAll() }
            return state.threads > 0
        }
    }

    private func runWaiting() {
        while let work = next() { work() }
    }

    private func next() -> Work? {
        state.withLock { state in
            if state.waiting.isEmpty {
                state.threads -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
