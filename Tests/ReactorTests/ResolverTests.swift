import Synchronization
import Testing

@testable import Reactor

@Suite struct ResolverTests {
    /// A resolver whose look-ups run when the test says so, with the answers that it gives.
    final class Fixture {
        final class Answers: Sendable {
            let next = Mutex<[Result<[IPAddress], ReactorError>]>([])
            let lookups = Atomic<Int>(0)
        }

        let answers = Answers()
        var now = Instant(nanoseconds: 0)
        private var pending: [@Sendable () -> Void] = []
        private(set) var resolver: Resolver
        var heard: [Result<[IPAddress], ReactorError>] = []

        init() {
            resolver = Resolver(ResolverSettings(), run: { _ in false }, wake: {})
            var settings = ResolverSettings()
            settings.timeToLive = .seconds(10)
            settings.staleTime = .seconds(30)
            settings.lookup = { [answers] _ in
                answers.lookups.add(1, ordering: .relaxed)
                return answers.next.withLock { $0.removeFirst() }
            }
            resolver = Resolver(
                settings, clock: { [unowned self] in now },
                run: { [unowned self] work in
                    pending.append(work)
                    return pending.count < 4
                }, wake: {})
        }

        func resolve(_ name: String = "a.example") {
            resolver.resolve(name) { [unowned self] in heard.append($0) }
        }

        func answer(_ answer: Result<[IPAddress], ReactorError>) {
            answers.next.withLock { $0.append(answer) }
            pending.removeFirst()()
            resolver.collect()
        }

        func pass(seconds: Int64) {
            now = now.advanced(byNanoseconds: seconds * 1_000_000_000)
        }

        var lookups: Int { answers.lookups.load(ordering: .relaxed) }
    }

    private let first: Result<[IPAddress], ReactorError> = .success([.v4(1), .v6(0, 1)])
    private let second: Result<[IPAddress], ReactorError> = .success([.v4(2)])
    private let failure: Result<[IPAddress], ReactorError> = .failure(ReactorError(.resolve, code: -2))

    @Test func `an address is its own answer`() {
        let fixture = Fixture()
        fixture.resolve("192.0.2.1")
        fixture.resolve("[::1]")
        #expect(fixture.heard == [.success([.v4(0xC000_0201)]), .success([.v6(0, 1)])])
        #expect(fixture.lookups == 0)
    }

    @Test func `all who ask at once share one look-up, and its addresses keep their order`() {
        let fixture = Fixture()
        for _ in 0..<5 { fixture.resolve() }
        #expect(fixture.heard.isEmpty)
        fixture.answer(first)
        #expect(fixture.heard == [first, first, first, first, first])
        fixture.resolve()
        #expect(fixture.lookups == 1 && fixture.heard.count == 6)
    }

    @Test func `at the end who waits hears that there is no answer, and is let go of`() {
        final class Caller {}
        let fixture = Fixture()
        weak var kept: Caller?
        do {
            let caller = Caller()
            kept = caller
            fixture.resolver.resolve("a.example") { _ in _ = caller }
        }
        fixture.resolve()
        #expect(kept != nil)
        fixture.resolver.shutDown()
        let none = Result<[IPAddress], ReactorError>.failure(ReactorError(.resolve, code: -3))
        #expect(fixture.heard == [none] && kept == nil)
        fixture.answer(first)
        fixture.resolve()
        #expect(fixture.heard == [none, none] && fixture.lookups == 1)
    }

    @Test func `an old answer is given while a new one is fetched`() {
        let fixture = Fixture()
        fixture.resolve()
        fixture.answer(first)
        fixture.pass(seconds: 11)
        fixture.resolve()
        fixture.resolve()
        #expect(fixture.heard == [first, first, first])
        fixture.answer(second)
        fixture.resolve()
        #expect(fixture.heard.last == second && fixture.lookups == 2)
    }

    @Test func `a very old answer is not given before a new look-up`() {
        let fixture = Fixture()
        fixture.resolve()
        fixture.answer(first)
        fixture.pass(seconds: 41)
        fixture.resolve()
        #expect(fixture.heard == [first])
        fixture.answer(second)
        #expect(fixture.heard == [first, second])
    }

    @Test func `the last good answer outlives failures, which are tried again after a second`() {
        let fixture = Fixture()
        fixture.resolve()
        fixture.answer(first)
        fixture.pass(seconds: 3600)
        fixture.resolve()
        fixture.answer(failure)
        #expect(fixture.heard == [first, first])
        fixture.resolve()
        #expect(fixture.lookups == 2)
        fixture.pass(seconds: 1)
        fixture.resolve()
        fixture.answer(second)
        #expect(fixture.lookups == 3 && fixture.heard.last == second)
    }

    @Test func `a failure is remembered for a second`() {
        let fixture = Fixture()
        fixture.resolve()
        fixture.answer(failure)
        fixture.resolve()
        #expect(fixture.heard == [failure, failure] && fixture.lookups == 1)
        fixture.pass(seconds: 1)
        fixture.resolve()
        fixture.answer(first)
        #expect(fixture.heard == [failure, failure, first])
    }

    @Test func `too many look-ups fail without blocking`() {
        let fixture = Fixture()
        for index in 0..<4 { fixture.resolve("name\(index).example") }
        fixture.resolver.collect()
        #expect(fixture.heard == [.failure(ReactorError(.resolve, code: -3))])
    }

    @Test func `a worker's resolver delivers on the worker`() async throws {
        var settings = ReactorSettings()
        settings.resolver.lookup = { name in
            name == "good.example" ? .success([.v4(7)]) : .failure(.init(.resolve, code: -2))
        }
        try await withWorkers(settings: settings) { [settings] workers in
            _ = settings
            let (answers, answer) = AsyncStream<Result<[IPAddress], ReactorError>>.makeStream()
            await workers[0].run { worker in
                let loop = worker.loop
                for name in ["good.example", "bad.example"] {
                    worker.reactor.resolver.resolve(name) {
                        #expect(loop.isCurrent)
                        answer.yield($0)
                    }
                }
            }
            var iterator = answers.makeAsyncIterator()
            let both = [await iterator.next(), await iterator.next()]
            #expect(both.contains(.success([.v4(7)])) && both.contains(failure))
        }
    }

    @Test func `look-up threads never exceed their number and leave nothing undone`() async {
        var settings = ResolverSettings()
        settings.maximumThreads = 2
        let pool = LookupPool(settings)
        let running = Atomic<Int>(0)
        let tooMany = Atomic<Bool>(false)
        let (done, each) = AsyncStream<Void>.makeStream()
        for _ in 0..<200 {
            let accepted = pool.run {
                if running.add(1, ordering: .relaxed).newValue > 2 { tooMany.store(true, ordering: .relaxed) }
                running.subtract(1, ordering: .relaxed)
                each.yield()
            }
            #expect(accepted)
        }
        var iterator = done.makeAsyncIterator()
        for _ in 0..<200 { await iterator.next() }
        let exceeded = tooMany.load(ordering: .relaxed)
        #expect(!exceeded)
    }

    @Test func `the system knows localhost`() throws {
        let addresses = try SystemLookup.addresses(of: "localhost").get()
        #expect(addresses.contains(.loopback) || addresses.contains(.v6(0, 1)))
    }
}
