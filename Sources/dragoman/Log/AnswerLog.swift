internal import Canonical
internal import Messaging
internal import Reactor
internal import SOAP
internal import Synchronization

/// Tells the log of answers of one upstream that break its contract, or that nobody asked for: at most ten a second, for a
/// service that does so does it with every answer.
final class AnswerLog: AnswerObserver {
    private let upstream: String
    private let log: ServerLog
    private let rate = Mutex(RateLimit(burst: 10, perSecond: 10))
    /// Violations that one line names.
    private static let shown = 4

    init(upstream: String, log: ServerLog) {
        self.upstream = upstream
        self.log = log
    }

    func received(_ operation: Operation, requestID: [UInt8], violations: () -> [Violation]) {
        guard let suppressed = rate.withLock({ $0.admit(at: .current()) }) else { return }
        let violations = violations()
        let named = violations.prefix(Self.shown).map { violation in
            "\(violation.pointer.isEmpty ? "the whole answer" : violation.pointer) \(violation.detail)"
        }
        let more = violations.count > Self.shown ? [" and \(violations.count - Self.shown) more"] : []
        let others = suppressed == 0 ? "" : "; \(suppressed) such answers before it were not logged"
        log.write(
            .warning, "response.invalid",
            "\(upstream).\(operation.name): the answer breaks the contract: "
                + "\((named + more).joined(separator: "; ")) (request \(String(decoding: requestID, as: UTF8.self))\(others))"
        )
    }
}

extension AnswerLog: SocketObserver {
    func dropped(_ cause: String) {
        guard let suppressed = rate.withLock({ $0.admit(at: .current()) }) else { return }
        let others = suppressed == 0 ? "" : "; \(suppressed) such messages before it were not logged"
        log.write(.warning, "websocket.dropped", "\(upstream): \(cause)\(others)")
    }
}
