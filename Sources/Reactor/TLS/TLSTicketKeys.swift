/// The keys of session tickets, shared by all workers and by the contexts that follow each other at reloads.
///
/// They exist in this process only and rotate: whoever steals them reads the sessions of three periods at most.
public final class TLSTicketKeys: Sendable {
    private let ring: Guarded<TLSTicketRing>

    /// - Parameter lifetime: How long a key seals tickets; it opens them for twice as long again.
    public init(lifetime: Duration = .seconds(3600)) {
        ring = Guarded(TLSTicketRing(lifetime: lifetime.nanoseconds))
    }

    func sealing(at now: Instant) -> TLSTicketKey {
        ring.withLock { $0.sealing(at: now) }
    }

    func opening(_ name: [UInt8], at now: Instant) -> (key: TLSTicketKey, isOld: Bool)? {
        ring.withLock { $0.opening(name, at: now) }
    }
}
