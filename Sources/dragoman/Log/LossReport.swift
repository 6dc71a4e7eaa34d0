internal import Canonical
internal import Reactor
internal import Synchronization

/// Tells the server's log, at most every ten seconds, that lines of the access log are lost.
final class LossReport: Sendable {
    private struct State {
        var told = 0
        var next = Instant(nanoseconds: .min)
    }

    private let state = Mutex(State())
    private let log: ServerLog

    init(_ log: ServerLog) {
        self.log = log
    }

    /// - Parameter dropped: How many were lost so far.
    func report(_ dropped: Int, at now: Instant = .current()) {
        let fresh = state.withLock { state in
            guard dropped > state.told, now >= state.next else { return 0 }
            defer { (state.told, state.next) = (dropped, now + .seconds(10)) }
            return dropped - state.told
        }
        guard fresh > 0 else { return }
        log.write(
            .warning, "log.dropped", "the access log is not read or written fast enough: \(fresh) lines were dropped")
    }
}
