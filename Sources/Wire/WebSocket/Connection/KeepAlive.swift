/// When to ask a silent peer whether it is there, and when to give it up.
struct KeepAlive {
    enum Action {
        case none, ping, giveUp
    }

    private let interval: Int64
    private var lastHeard: Int64
    /// A ping was sent since the peer was last heard.
    private(set) var isWaiting = false

    init(interval: Int64, at now: Int64) {
        self.interval = max(interval, 0)
        lastHeard = now
    }

    /// When `act` has something to do.
    var deadline: Int64 {
        guard interval > 0 else { return .max }
        let (sum, overflows) = lastHeard.addingReportingOverflow(isWaiting ? interval &* 2 : interval)
        return overflows ? .max : sum
    }

    mutating func heard(at now: Int64) {
        lastHeard = now
        isWaiting = false
    }

    mutating func act(at now: Int64) -> Action {
        guard now >= deadline else { return .none }
        if isWaiting { return .giveUp }
        isWaiting = true
        return .ping
    }
}
