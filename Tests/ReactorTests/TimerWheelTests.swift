import Reactor
import Testing

@Suite struct TimerWheelTests {
    private let start = Instant(nanoseconds: 123_456_789)

    private func after(_ milliseconds: Int64) -> Instant {
        start.advanced(byNanoseconds: milliseconds * 1_000_000)
    }

    @Test func `a timer fires once, at its deadline and not before`() {
        let wheel = TimerWheel(start: start)
        var fired = 0
        let timer = Timer(wheel) { fired += 1 }
        timer.schedule(at: after(10))
        wheel.advance(to: after(9))
        #expect(fired == 0 && timer.isScheduled)
        wheel.advance(to: after(10))
        #expect(fired == 1 && !timer.isScheduled)
        wheel.advance(to: after(1_000_000))
        #expect(fired == 1)
    }

    @Test func `a fraction of a millisecond is rounded up`() {
        let wheel = TimerWheel(start: start)
        var fired = 0
        let timer = Timer(wheel) { fired += 1 }
        timer.schedule(at: after(10).advanced(byNanoseconds: 1))
        wheel.advance(to: after(10))
        #expect(fired == 0)
        wheel.advance(to: after(11))
        #expect(fired == 1)
    }

    @Test func `a deadline pushed on again and again fires only in the end`() {
        let wheel = TimerWheel(start: start)
        var fired = 0
        let timer = Timer(wheel) { fired += 1 }
        for now in Int64(0)..<500 {
            timer.schedule(at: after(now + 100))
            wheel.advance(to: after(now))
        }
        #expect(fired == 0)
        wheel.advance(to: after(599))
        #expect(fired == 1)
    }

    @Test func `a deadline can be drawn nearer`() {
        let wheel = TimerWheel(start: start)
        var fired = 0
        let timer = Timer(wheel) { fired += 1 }
        timer.schedule(at: after(1_000_000))
        timer.schedule(at: after(5))
        #expect(wheel.nextDeadline == after(5))
        wheel.advance(to: after(5))
        #expect(fired == 1)
    }

    @Test func `a cancelled or dropped timer never fires`() {
        let wheel = TimerWheel(start: start)
        var fired = 0
        let cancelled = Timer(wheel) { fired += 1 }
        var dropped: Timer? = Timer(wheel) { fired += 1 }
        var neighbour = 0
        let kept = Timer(wheel) { neighbour += 1 }
        cancelled.schedule(at: after(7))
        kept.schedule(at: after(7))
        dropped?.schedule(at: after(7))
        cancelled.cancel()
        dropped = nil
        wheel.advance(to: after(100))
        #expect(fired == 0 && neighbour == 1 && wheel.nextDeadline == nil)
    }

    @Test func `a past deadline fires at the next advance, not within this one`() {
        let wheel = TimerWheel(start: start)
        var fired: [Int] = []
        var again: Timer?
        let timer = Timer(wheel) {
            fired.append(1)
            again?.schedule(at: start)
        }
        again = timer
        timer.schedule(at: start)
        wheel.advance(to: after(50))
        #expect(fired == [1])
        wheel.advance(to: after(51))
        #expect(fired == [1, 1])
        again = nil
    }

    @Test func `a timer's action may drop and cancel others of the same slot`() {
        let wheel = TimerWheel(start: start)
        var fired = 0
        var others: [Timer] = []
        let action = {
            fired += 1
            others.first?.cancel()
            others = []
        }
        others = (0..<5).map { _ in Timer(wheel, action) }
        let held = others[0]
        for timer in others { timer.schedule(at: after(3)) }
        wheel.advance(to: after(10))
        // The list is last in, first out: the last one fires and the rest are gone, the first cancelled.
        #expect(fired == 1 && !held.isScheduled)
    }

    @Test func `the end of time is no time`() {
        let wheel = TimerWheel(start: start)
        let timer = Timer(wheel) { Issue.record("fired") }
        timer.schedule(at: .distantFuture)
        #expect(!timer.isScheduled && wheel.nextDeadline == nil)
        timer.schedule(at: Instant(nanoseconds: .max - 1))
        wheel.advance(to: after(1 << 40))
        #expect(timer.isScheduled)
    }

    @Test(arguments: UInt64(1)...20)
    func `random operations do what a list of deadlines does`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let wheel = TimerWheel(start: start)
        var now: Int64 = 0
        var model = [Int64?](repeating: nil, count: 50)
        var fired: Set<Int> = []
        let timers = (0..<model.count).map { index in Timer(wheel) { fired.insert(index) } }
        for _ in 0..<2000 {
            let index = Int.random(in: 0..<model.count, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let scale = Int64(1) << Int64.random(in: 0...42, using: &random)
                let deadline = max(0, now + Int64.random(in: -3...scale, using: &random))
                timers[index].schedule(at: after(deadline))
                model[index] = max(deadline, now + 1)
            case 6:
                timers[index].cancel()
                model[index] = nil
            default:
                now += Int64(1) << Int64.random(in: 0...36, using: &random)
                if let earliest = model.compactMap(\.self).min(), let next = wheel.nextDeadline {
                    #expect(next <= after(earliest))
                }
                fired = []
                wheel.advance(to: after(now))
                let due = Set(model.indices.filter { model[$0].map { $0 <= now } ?? false })
                #expect(fired == due, "seed \(seed)")
                for index in due { model[index] = nil }
            }
        }
        for index in timers.indices { #expect(timers[index].isScheduled == (model[index] != nil)) }
    }
}
