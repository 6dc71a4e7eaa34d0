/// How many handshakes may begin: so many a second, and a quarter of them at once. Knows no clock.
///
/// A handshake costs the server a thousand times what its first packet costs the client, so a flood of them must not
/// take the time of those who are connected.
struct HandshakeRate {
    private let interval: Int64
    private let burst: Int64
    /// When the next one would begin if all came evenly.
    private var due = Int64.min

    init(perSecond: Int) {
        interval = 1_000_000_000 / Int64(max(1, perSecond))
        burst = 250_000_000
    }

    func allows(at now: Instant) -> Bool {
        due <= now.advanced(byNanoseconds: burst).nanoseconds
    }

    mutating func take(at now: Instant) {
        due = max(due, now.nanoseconds) &+ interval
    }
}
