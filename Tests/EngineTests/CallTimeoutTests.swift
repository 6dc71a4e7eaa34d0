import Buffers
import Canonical
import HTTP
import TestSupport
import Testing

@testable import Engine

@Suite struct CallTimeoutTests {
    @Test func `a service that does not answer is given up`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, route: RouteLimits(timeout: .seconds(15)))
            stage.get("/")
            stage.wait(.seconds(14))
            #expect(!stage.call.isOver)
            stage.wait(.seconds(16))
            #expect(stage.client.heard == ["head 500", "body upstream.timeout", "end"])
            #expect(stage.streams[0].heard == ["GET /", "end", "cancel"])
        }
    }

    @Test func `a service that stops in the middle is given up, visibly`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/")
            stage.streams[0].answer(200, "half", ends: false)
            stage.wait(.seconds(59))
            #expect(!stage.call.isOver)
            stage.wait(.seconds(61))
            #expect(stage.client.heard == ["head 200", "body half", "abort"])
        }
    }

    @Test func `what a gathered body takes is not the service's time`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, gathers: true)
            stage.post("a", ends: false)
            #expect(!stage.call.isAwaitingUpstream)
            stage.call.receive(.end(trailers: nil))
            #expect(stage.call.isAwaitingUpstream)
        }
    }

    @Test func `a call that is over waits for nothing`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/")
            #expect(stage.call.isAwaitingUpstream)
            stage.streams[0].answer(200)
            #expect(!stage.call.isAwaitingUpstream)
        }
    }
}
