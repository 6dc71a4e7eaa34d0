/// How much of something a peer may do: so much at once, and so much per second ever after.
///
/// It knows no clock: times are nanoseconds of any monotonic one.
public struct Budget: Sendable {
    private let capacity: Int
    private let perSecond: Int
    private var lastTime: Int64 = 0
    /// What is spent and not forgotten yet.
    public private(set) var spent = 0

    /// - Parameters:
    ///   - capacity: What may be spent at once.
    ///   - perSecond: How much of what was spent is forgotten in a second.
    public init(_ capacity: Int, perSecond: Int) {
        self.capacity = max(capacity, 0)
        self.perSecond = max(perSecond, 0)
    }

    /// Whether three quarters are spent.
    public var isNearlySpent: Bool { spent > capacity - capacity / 4 }

    /// Spends `amount`.
    /// - Returns: False when there was not as much left.
    public mutating func spend(_ amount: Int = 1, at now: Int64) -> Bool {
        recover(at: now)
        spent = min(spent, Int.max - amount) + amount
        return spent <= capacity
    }

    private mutating func recover(at now: Int64) {
        let second: Int64 = 1_000_000_000
        guard spent > 0, perSecond > 0, now > lastTime else {
            if spent == 0 { lastTime = now }
            return
        }
        // An hour forgives all that can be spent, and nothing below can overflow.
        let elapsed = min(now.subtractingReportingOverflow(lastTime).partialValue, 3600 * second)
        let recovered = Int(elapsed / 1000) * min(perSecond, 1_000_000) / 1_000_000
        guard recovered > 0 else { return }
        spent = max(0, spent - recovered)
        lastTime = now
    }
}
