import Synchronization

/// Carries a text from one thread to another.
final class Mailbox: Sendable {
    private let text = Mutex<String?>(nil)

    func put(_ value: String) { text.withLock { $0 = value } }
    func take() -> String? { text.withLock { $0 } }
}
