internal import Glibc

/// Names to addresses, off the loop, remembered for a while.
///
/// There is one look-up at a time for a name however many ask. When it fails, the last good answer stays good. The
/// caller tries the addresses in their order.
public final class Resolver {
    /// What waits for a name.
    public typealias Completion = (Result<[IPAddress], ReactorError>) -> Void

    private struct Entry {
        var answer: Result<[IPAddress], ReactorError>?
        /// Until then the answer needs no look-up…
        var freshUntil = Instant(nanoseconds: .min)
        /// … and until then it does but is given out meanwhile.
        var staleUntil = Instant(nanoseconds: .min)
        var isLookingUp = false
        var waiting: [Completion] = []
    }

    /// Where the look-up threads leave what they found.
    private final class Mailbox: Sendable {
        let answers = Guarded<[(name: String, answer: Result<[IPAddress], ReactorError>)]>([])
    }

    private let settings: ResolverSettings
    private let run: (@escaping @Sendable () -> Void) -> Bool
    private let wake: @Sendable () -> Void
    private let clock: () -> Instant
    private let mailbox = Mailbox()
    private var entries: [String: Entry] = [:]
    private var isShutDown = false

    static let maximumNames = 4096
    private static let noAnswer = Result<[IPAddress], ReactorError>.failure(ReactorError(.resolve, code: EAI_AGAIN))

    /// - Parameters:
    ///   - clock: Now.
    ///   - run: Runs a look-up elsewhere; false when there are too many.
    ///   - wake: Called from there when it is done: `collect` is due.
    init(
        _ settings: ResolverSettings, clock: @escaping () -> Instant = Instant.current,
        run: @escaping (@escaping @Sendable () -> Void) -> Bool, wake: @escaping @Sendable () -> Void
    ) {
        self.settings = settings
        self.clock = clock
        self.run = run
        self.wake = wake
    }

    /// Finds the addresses of `name`, which may be an address itself.
    ///
    /// - Parameter completion: Called before `resolve` returns when the answer is known, in a later turn else. A failure
    ///   has the operation `.resolve`.
    public func resolve(_ name: String, _ completion: @escaping Completion) {
        if let address = IPAddress(name) { return completion(.success([address])) }
        if isShutDown { return completion(Resolver.noAnswer) }
        let now = clock()
        var entry = entries[name] ?? Entry()
        if let answer = entry.answer, now < entry.staleUntil {
            if now >= entry.freshUntil { lookUp(name, &entry, now) }
            entries[name] = entry
            return completion(answer)
        }
        entry.waiting.append(completion)
        lookUp(name, &entry, now)
        entries[name] = entry
    }

    private func lookUp(_ name: String, _ entry: inout Entry, _ now: Instant) {
        if entry.isLookingUp { return }
        entry.isLookingUp = true
        if entries.count >= Resolver.maximumNames {
            entries = entries.filter { $0.value.isLookingUp || now < $0.value.staleUntil }
        }
        let isAccepted = run { [lookup = settings.lookup, mailbox, wake] in
            let answer = lookup(name)
            mailbox.answers.withLock { $0.append((name, answer)) }
            wake()
        }
        guard !isAccepted else { return }
        mailbox.answers.withLock { $0.append((name, Resolver.noAnswer)) }
        wake()
    }

    /// Tells all who wait, and all who ask from now on, that there is no answer.
    func shutDown() {
        isShutDown = true
        let waiting = entries.values.flatMap(\.waiting)
        // What waits knows the reactor, which knows this resolver.
        entries = [:]
        for completion in waiting { completion(Resolver.noAnswer) }
    }

    /// Delivers what the threads have found.
    func collect() {
        let answers = mailbox.answers.withLock { answers in
            defer { answers = [] }
            return answers
        }
        let now = clock()
        for (name, answer) in answers { learn(name, answer, now) }
    }

    private func learn(_ name: String, _ answer: Result<[IPAddress], ReactorError>, _ now: Instant) {
        guard var entry = entries[name] else { return }
        entry.isLookingUp = false
        switch (answer, entry.answer) {
        case (.success, _):
            entry.answer = answer
            entry.freshUntil = now + max(settings.timeToLive, .seconds(1))
            entry.staleUntil = entry.freshUntil + settings.staleTime
        case (.failure, .success):
            // Keep the last good answer, and ask again soon.
            entry.freshUntil = now + settings.failureTime
            entry.staleUntil = max(entry.staleUntil, entry.freshUntil)
        case (.failure, _):
            entry.answer = answer
            entry.freshUntil = now + settings.failureTime
            entry.staleUntil = entry.freshUntil
        }
        let waiting = entry.waiting
        entry.waiting = []
        entries[name] = entry
        guard let known = entry.answer else { return }
        for completion in waiting { completion(known) }
    }
}
