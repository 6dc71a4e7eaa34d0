internal import CLinux

/// What one event loop owns.
///
/// An actor whose executor is its loop: `async` code in it runs on the loop's thread, socket callbacks enter by one
/// `assumeIsolated` per turn, and whatever is not `Sendable` cannot leave, by the compiler's own proof.
///
/// Start one with `Worker.start`, hand it its listeners with `run`, end it with `stop`.
public actor Worker {
    public nonisolated let loop: EventLoop
    /// 0 for the first of the workers that were started together.
    public nonisolated let index: Int
    public let reactor: Reactor

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    private init(index: Int, settings: ReactorSettings, lookups: LookupPool) throws(ReactorError) {
        loop = try EventLoop()
        self.index = index
        reactor = try Reactor(loop: loop, settings: settings, lookups: lookups)
        reactor.worker = self
    }

    /// Starts `count` workers, each on a thread of its own, sharing one pool for name look-ups.
    ///
    /// From here on SIGPIPE is ignored in this process.
    public static func start(
        _ count: Int, settings: ReactorSettings = ReactorSettings()
    ) throws(ReactorError) -> [Worker] {
        dragoman_ignore_broken_pipes()
        let lookups = LookupPool(settings.resolver)
        var workers: [Worker] = []
        do {
            for index in 0..<count {
                let worker = try Worker(index: index, settings: settings, lookups: lookups)
                try worker.startThread()
                workers.append(worker)
            }
        } catch {
            for worker in workers { worker.loop.stop() }
            throw error
        }
        return workers
    }

    /// Starts one worker.
    public static func start(settings: ReactorSettings = ReactorSettings()) throws(ReactorError) -> Worker {
        try start(1, settings: settings)[0]
    }

    private nonisolated func startThread() throws(ReactorError) {
        let started = WorkerThread.start(named: "worker \(index)") { [self] in
            loop.run(
                // One isolation for many turns: to enter it costs two allocations.
                turns: { mayWait in
                    assumeIsolated { worker in
                        repeat { worker.reactor.turn(mayWait: mayWait) } while mayWait && !worker.loop.isBusy
                    }
                },
                end: { assumeIsolated { $0.reactor.shutDown() } })
        }
        guard started else { throw .last(.thread) }
    }

    /// Runs `body` on the worker: to set it up, to ask it something, for a reload.
    public func run<Result: Sendable, Failure: Error>(
        _ body: @Sendable (isolated Worker) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        try await body(self)
    }

    /// Ends the loop after the current turn and returns when its thread has. What is still open is closed, reset where
    /// the kernel does not take what is unsent, and its handlers hear `closed`. Drain first if that matters.
    public nonisolated func stop() async {
        loop.stop()
        await loop.ended()
    }
}
