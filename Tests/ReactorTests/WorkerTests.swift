import Glibc
import Reactor
import Testing

@Suite(.timeLimit(.minutes(1))) struct WorkerTests {
    final class Count {
        var value = 0
    }

    @Test func `work from many threads is done one at a time on the worker`() async throws {
        try await withWorkers { workers in
            let worker = workers[0]
            await worker.run { $0.reactor[Count.self] = Count() }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<500 {
                            await worker.run { worker in
                                #expect(worker.loop.isCurrent)
                                worker.reactor[Count.self]?.value += 1
                            }
                        }
                    }
                }
            }
            #expect(await worker.run { $0.reactor[Count.self]?.value } == 4000)
            #expect(!worker.loop.isCurrent)
        }
    }

    @Test func `async code of the worker stays on it across suspensions`() async throws {
        try await withWorkers(2) { workers in
            let isHome = await workers[0].run { worker in
                for _ in 0..<100 { await workers[1].run { _ in } }
                return worker.loop.isCurrent
            }
            #expect(isHome)
        }
    }

    @Test func `a task hands its result to a callback on the worker`() async throws {
        try await withWorkers { workers in
            let (results, result) = AsyncStream<Int>.makeStream()
            await workers[0].run { worker in
                let loop = worker.loop
                let count = Count()
                for number in 0..<100 {
                    worker.reactor.start { worker in
                        await Task.yield()
                        #expect(worker.loop.isCurrent)
                        return number
                    } completion: { number in
                        #expect(loop.isCurrent)
                        count.value += number
                        result.yield(count.value)
                    }
                }
            }
            var last: Int?
            for await value in results.prefix(100) { last = value }
            #expect(last == 4950)
        }
    }

    @Test func `timers run by the clock of the loop`() async throws {
        try await withWorkers { workers in
            let (ticks, tick) = AsyncStream<Bool>.makeStream()
            await workers[0].run { worker in
                let reactor = worker.reactor
                let deadline = reactor.now.advanced(byNanoseconds: 5_000_000)
                let timer = Timer(reactor.timers) { [unowned reactor] in
                    tick.yield(reactor.now >= deadline)
                }
                timer.schedule(at: deadline)
                reactor[Timer.self] = timer
            }
            var iterator = ticks.makeAsyncIterator()
            #expect(await iterator.next() == true)
        }
    }

    final class Late: TurnWork {
        let log: AsyncStream<String>.Continuation

        init(_ log: AsyncStream<String>.Continuation) {
            self.log = log
        }

        func turnEnds() {
            log.yield("turn ended")
        }
    }

    @Test func `work for the end of the turn is done after the turn's jobs`() async throws {
        try await withWorkers { workers in
            let (entries, log) = AsyncStream<String>.makeStream()
            await workers[0].run { worker in
                worker.reactor.atEndOfTurn(Late(log))
                log.yield("job")
            }
            var iterator = entries.makeAsyncIterator()
            #expect(await iterator.next() == "job")
            #expect(await iterator.next() == "turn ended")
        }
    }

    @Test func `what comes after the stop is still run, and stop can be awaited anywhere`() async throws {
        let worker = try Worker.start()
        await worker.run { worker in
            await worker.stop()
        }
        for _ in 0..<50 { #expect(await worker.run { _ in true }) }
        await worker.stop()
    }

    @Test func `a signal reaches the worker whichever thread gets it`() async throws {
        try await withWorkers { workers in
            let (signals, seen) = AsyncStream<Signal>.makeStream()
            try await workers[0].run { worker in
                worker.reactor[SignalWatch.self] = try worker.reactor.watch([.hangUp]) { seen.yield($0) }
            }
            var iterator = signals.makeAsyncIterator()
            for _ in 0..<3 {
                kill(getpid(), SIGHUP)
                #expect(await iterator.next() == .hangUp)
            }
            await workers[0].run { $0.reactor[SignalWatch.self]?.close() }
        }
    }
}
