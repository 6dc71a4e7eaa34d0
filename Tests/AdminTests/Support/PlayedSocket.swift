import Buffers
import Engine
import Reactor

/// A client's socket that the test plays.
final class PlayedSocket: AddressedSocket {
    var stage: SocketStage
    var groups: Set<String> = []
    let user: String?
    var facts = SocketFacts(route: "routes[0]", address: "192.0.2.7", openedAt: 1_790_000_000)
    /// Messages that there is room for.
    var room = 100
    var limit = 1000
    private(set) var heard: [String] = []
    private var waiters: [(Bool) -> Void] = []
    /// Whether what is sent is with the client at once.
    var isFast = true

    init(stage: SocketStage, user: String?) {
        self.stage = stage
        self.user = user
    }

    func push(_ payload: Bytes, isText: Bool) -> SocketPush {
        guard stage == .open else { return .notOpen }
        guard payload.count <= limit else { return .tooLarge(limit: limit) }
        guard room > 0 else { return .full }
        room -= 1
        facts.messagesSent += 1
        facts.bytesSent += payload.count + 2
        heard.append(isText ? "text \(String(payload))" : "binary \(payload.array)")
        return .sent(number: facts.messagesSent)
    }

    func whenWritten(_ body: @escaping (Bool) -> Void) {
        if isFast { body(true) } else { waiters.append(body) }
    }

    /// What waits is written, or never will be.
    func finishWriting(_ isWritten: Bool) {
        for waiter in waiters { waiter(isWritten) }
        waiters = []
    }

    var isAwaited: Bool { !waiters.isEmpty }

    func close(code: Int, reason: String) {
        stage = .closing(code: code)
        heard.append("close \(code) \(reason)")
    }

    func close(at instant: Instant, code: Int, reason: String) {}
}
