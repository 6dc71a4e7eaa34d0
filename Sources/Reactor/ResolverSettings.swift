/// How names are looked up and remembered.
public struct ResolverSettings: Sendable {
    /// How long an answer is good; at least a second.
    public var timeToLive = Duration.seconds(10)
    /// How long after that it is still given out while it is being looked up again.
    public var staleTime = Duration.seconds(30)
    /// How long a failure is remembered.
    public var failureTime = Duration.seconds(1)
    /// Look-ups under way at once, in all workers that share them.
    public var maximumThreads = 4
    /// Look-ups that may wait for a thread; more fail at once.
    public var maximumWaiting = 1024
    /// The look-up itself; runs on a thread of its own and may block. getaddrinfo(3) unless a test says otherwise.
    public var lookup: @Sendable (_ name: String) -> Result<[IPAddress], ReactorError> = {
        SystemLookup.addresses(of: $0)
    }

    public init() {}
}
