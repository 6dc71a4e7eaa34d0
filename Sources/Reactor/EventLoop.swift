internal import CLinux
internal import Glibc
internal import Synchronization

/// The executor of a worker: a queue of jobs that one thread runs between turns of its reactor.
///
/// Jobs come from any thread; the loop is woken at most once for all that arrive while it waits. Nothing else of a
/// worker is reachable from other threads.
public final class EventLoop: SerialExecutor {
    private struct Inbox {
        var jobs: [UnownedJob] = []
        /// The thread waits, or is about to, and must be woken for a job.
        var isWaiting = false
        var isStopping = false
        var hasEnded = false
        /// A thread is at work on jobs that came after the end.
        var runsLateJobs = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let inbox = Guarded(Inbox())
    /// The thread inside `run`, 0 for none.
    private let thread = Atomic<UInt>(0)
    /// A job was enqueued, or the end asked for, since `takeJobs`.
    private let hasNews = Atomic<Bool>(false)
    let wakeDescriptor: Int32

    init() throws(ReactorError) {
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeDescriptor >= 0 else { throw .last(.epoll) }
    }

    deinit {
        close(wakeDescriptor)
    }

    /// True on the thread that runs this loop.
    public var isCurrent: Bool {
        thread.load(ordering: .relaxed) == UInt(pthread_self())
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isOwn = isCurrent
        let (mustWake, isLate) = inbox.withLock { inbox in
            inbox.jobs.append(job)
            let isLate = inbox.hasEnded && !inbox.runsLateJobs
            if isLate { inbox.runsLateJobs = true }
            let mustWake = inbox.isWaiting && !isOwn
            if mustWake { inbox.isWaiting = false }
            return (mustWake, isLate)
        }
        hasNews.store(true, ordering: .releasing)
        if mustWake { wake() }
        if isLate { runLateJobs() }
    }

    public func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }

    public func checkIsolated() {
        precondition(isCurrent, "not on the worker's thread")
    }

    /// Lets the current turn be the last. From any thread; returns at once.
    public func stop() {
        inbox.withLock { $0.isStopping = true }
        hasNews.store(true, ordering: .releasing)
        wake()
    }

    /// Returns when the loop has ended.
    public func ended() async {
        await withCheckedContinuation { continuation in
            let hasEnded = inbox.withLock { inbox in
                if !inbox.hasEnded { inbox.waitingForEnd.append(continuation) }
                return inbox.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Makes the current or next wait return.
    func wake() {
        var one: UInt64 = 1
        _ = write(wakeDescriptor, &one, 8)
    }

    /// There is something to do besides turns: do not wait.
    var isBusy: Bool {
        hasNews.load(ordering: .acquiring)
    }

    /// Alternates jobs and turns on the calling thread until `stop`, then calls `end` as the last thing here.
    ///
    /// - Parameter turns: Makes one turn that does not wait, or, where it may wait, turns until the loop `isBusy`.
    func run(turns: (_ mayWait: Bool) -> Void, end: () -> Void) {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        var jobs: [UnownedJob] = []
        while takeJobs(&jobs) {
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            let mayWait = jobs.isEmpty
            jobs.removeAll(keepingCapacity: true)
            turns(mayWait)
        }
        end()
        thread.store(0, ordering: .relaxed)
        finish()
    }

    private func takeJobs(_ jobs: inout [UnownedJob]) -> Bool {
        hasNews.store(false, ordering: .relaxed)
        return inbox.withLock { inbox in
            guard !inbox.isStopping else { return false }
            swap(&inbox.jobs, &jobs)
            inbox.isWaiting = jobs.isEmpty
            return true
        }
    }

    private func finish() {
        let (waiting, hasJobs) = inbox.withLock { inbox in
            inbox.hasEnded = true
            inbox.runsLateJobs = !inbox.jobs.isEmpty
            defer { inbox.waitingForEnd = [] }
            return (inbox.waitingForEnd, inbox.runsLateJobs)
        }
        for continuation in waiting { continuation.resume() }
        if hasJobs { runLateJobs() }
    }

    /// Jobs that arrive after the end are tasks that somebody awaits: a passing thread sees them through.
    private func runLateJobs() {
        let started = WorkerThread.start(named: "late jobs") { [self] in
            while let jobs = takeLateJobs() {
                for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            }
        }
        precondition(started, "no thread for the jobs of a stopped worker")
    }

    private func takeLateJobs() -> [UnownedJob]? {
        inbox.withLock { inbox in
            if inbox.jobs.isEmpty {
                inbox.runsLateJobs = false
                return nil
            }
            defer { inbox.jobs = [] }
            return inbox.jobs
        }
    }
}
