/// The keys of session tickets, the newest first; knows no clock.
struct TLSTicketRing: Sendable {
    /// Old keys that still open tickets.
    static let kept = 2

    private let lifetime: Int64
    private(set) var keys: [TLSTicketKey] = []

    /// - Parameter lifetime: How long a key seals tickets, in nanoseconds.
    init(lifetime: Int64) {
        self.lifetime = max(1, lifetime)
    }

    /// The key to seal with, a new one when the last has served its time.
    mutating func sealing(at now: Instant) -> TLSTicketKey {
        if let key = keys.first, now.nanoseconds(since: key.created) < lifetime { return key }
        let key = TLSTicketKey(created: now)
        keys = [key] + live(now).prefix(TLSTicketRing.kept)
        return key
    }

    /// The key that sealed a ticket, unless it is forgotten; whether the client should get a new ticket.
    func opening(_ name: [UInt8], at now: Instant) -> (key: TLSTicketKey, isOld: Bool)? {
        guard let key = live(now).first(where: { $0.name == name }) else { return nil }
        return (key, now.nanoseconds(since: key.created) >= lifetime)
    }

    private func live(_ now: Instant) -> [TLSTicketKey] {
        let end = lifetime.multipliedReportingOverflow(by: Int64(TLSTicketRing.kept) + 1)
        return keys.filter { end.overflow || now.nanoseconds(since: $0.created) < end.partialValue }
    }
}
