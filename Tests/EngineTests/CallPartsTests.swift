import Buffers
import HTTP
import Testing

@testable import Engine

/// The values that a call is made of.
@Suite struct CallPartsTests {
    @Test func `an outbox hands on in order and may be filled meanwhile`() {
        var outbox = Outbox<Int>()
        #expect(outbox.popFirst() == nil)
        outbox.append(1)
        outbox.append(2)
        #expect(outbox.popFirst() == 1)
        outbox.append(3)
        #expect(outbox.popFirst() == 2)
        #expect(!outbox.isEmpty)
        #expect(outbox.popFirst() == 3)
        #expect(outbox.popFirst() == nil)
        #expect(outbox.isEmpty)
        outbox.append(4)
        #expect(outbox.popFirst() == 4)
        outbox.append(5)
        outbox.removeAll()
        #expect(outbox.popFirst() == nil)
    }

    @Test func `an attempt keeps what was sent, up to the limit`() {
        var attempt = Attempt()
        attempt.record(.head(HTTPRequestHead()))
        attempt.record(.body(Bytes([UInt8](repeating: 1, count: Attempt.replayLimit))))
        attempt.record(.end(trailers: Headers()))
        #expect(attempt.isReplayable && attempt.isWhole && attempt.body.count == 1 && attempt.trailers != nil)
        attempt.record(.body(Bytes("x")))
        #expect(!attempt.isReplayable && attempt.body.isEmpty)
        #expect(attempt.reset() != nil)
        #expect(attempt.isReplayable && !attempt.isWhole && attempt.head == nil && attempt.trailers == nil)
    }

    @Test func `a state goes forward only`() {
        var state = CallState()
        state.requestBegan()
        state.requestEnded()
        state.responseStarted()
        #expect(state.request == .whole && state.response == .started && !state.isOver && !state.hasUpstreamAnswered)
        state.upstreamAnswered()
        state.responseEnded()
        state.responseStarted()
        #expect(state.isOver && state.hasUpstreamAnswered)
    }
}
