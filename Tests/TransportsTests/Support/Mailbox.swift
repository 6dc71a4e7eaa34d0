import Reactor

/// Carries a text from one thread to another.
final class Mailbox: Sendable {
    private let text = Guarded<String?>(nil)

    func put(_ value: String) { text.withLock { $0 = value } }
    func take() -> String? { text.withLock { $0 } }
}
