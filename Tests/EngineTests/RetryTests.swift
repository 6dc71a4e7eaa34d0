import Buffers
import Canonical
import HTTP
import TestSupport
import Testing

@testable import Engine

@Suite struct RetryTests {
    @Test func `a repeatable call is tried again elsewhere, with all that was sent`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, endpoints: 2)
            stage.start(.put, "/x", body: .unknown)
            stage.call.receive(.body(Bytes("a")))
            stage.connectors[0].streams[0].fail(.ifIdempotent)
            #expect(stage.connectors[1].streams[0].heard == ["PUT /x", "body a"])
            stage.call.receive(.body(Bytes("b")))
            stage.call.receive(.end(trailers: Headers()))
            stage.connectors[1].streams[0].answer(204)
            #expect(stage.connectors[1].streams[0].heard == ["PUT /x", "body a", "body b", "end with trailers"])
            #expect(stage.client.heard == ["head 204", "end"])
            #expect(stage.gateway.upstreams[0].active == [0, 0])
        }
    }

    @Test(arguments: [
        (HTTPMethod.get, RetryAdvice.ifIdempotent, 2), (.post, .ifIdempotent, 1), (.post, .always, 2), (.get, .no, 1),
        (.patch, .ifIdempotent, 1), (.delete, .ifIdempotent, 2),
    ])
    func `advice and method decide`(method: HTTPMethod, advice: RetryAdvice, attempts: Int) async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.start(method, "/")
            stage.call.receive(.end(trailers: nil))
            stage.streams[0].fail(advice)
            #expect(stage.streams.count == attempts)
            #expect(stage.call.isOver == (attempts == 1))
        }
    }

    @Test func `what the contract says of the effect comes before the method`() async throws {
        try await onWorker { reactor in
            for (effect, attempts) in [(Effect.safe, 2), (.idempotent, 2), (.mutating, 1)] {
                let operation = Operation(name: "op", service: "s", input: .nothing, output: .nothing, effect: effect)
                let stage = Stage(reactor, operation: operation)
                stage.post()
                stage.streams[0].fail(.ifIdempotent)
                #expect(stage.streams.count == attempts)
            }
        }
    }

    @Test func `attempts are bounded`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, limits: UpstreamLimits(attempts: 3))
            stage.get("/")
            for place in 0..<3 { stage.streams[place].fail(.always) }
            #expect(stage.streams.count == 3)
            #expect(stage.client.heard == ["head 500", "body test.broke", "end"])
        }
    }

    @Test func `only the causes that the user names are tried again`() async throws {
        try await onWorker { reactor in
            for (causes, advice) in [
                (Set<RetryCause>([.connect]), RetryAdvice.ifIdempotent), ([.reset], .always), ([], .always),
            ] {
                let stage = Stage(reactor, limits: UpstreamLimits(retryCauses: causes))
                stage.get("/")
                stage.streams[0].fail(advice)
                #expect(stage.streams.count == 1 && stage.call.isOver)
            }
        }
    }

    @Test func `a body past the limit is not sent twice`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.start(.put, "/", body: .unknown)
            stage.call.receive(.body(Bytes([UInt8](repeating: 0, count: Attempt.replayLimit))))
            stage.call.receive(.body(Bytes("x")))
            stage.streams[0].fail(.always)
            #expect(stage.streams.count == 1 && stage.call.isOver)
        }
    }

    @Test func `nothing is tried again once an answer began`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/")
            stage.streams[0].answer(200, ends: false)
            stage.streams[0].fail(.always)
            #expect(stage.streams.count == 1 && stage.client.heard == ["head 200", "abort"])
        }
    }

    @Test func `503 is tried again where the user wants that, and passed on in the end`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, limits: UpstreamLimits(retryCauses: [.unavailable]))
            stage.get("/")
            stage.streams[0].answer(503, "busy", ends: false)
            #expect(stage.streams[0].heard == ["GET /", "end", "cancel"])
            stage.streams[1].answer(503, "busy")
            #expect(stage.client.heard == ["head 503", "body busy", "end"])
            let plain = Stage(reactor)
            plain.get("/")
            plain.streams[0].answer(503)
            #expect(plain.streams.count == 1)
        }
    }

    @Test func `a failing service is not asked much more often than it is called`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, limits: UpstreamLimits(attempts: 2))
            var calls: [Call] = []
            for _ in 0..<100 {
                let call = stage.gateway.takeCall()
                call.request.target = [0x2F]
                call.start(on: FakeClient(), from: ClientIdentity(address: []))
                calls.append(call)
            }
            for stream in stage.streams { stream.fail(.always) }
            // The budget shrinks with the calls that end.
            #expect(stage.streams.count <= 120)
            // A call that goes on and its stream keep each other.
            for call in calls { call.cancel() }
        }
    }

    @Test func `an upstream that refuses to open fails the call`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.connectors[0].refusal = Failure(.unavailable, "upstream.connections", "Busy.", httpStatus: 503)
            stage.get("/")
            #expect(stage.client.heard == ["head 503", "body upstream.connections", "end"] && stage.call.isOver)
        }
    }
}
