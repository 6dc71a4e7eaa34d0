import Buffers
import Canonical
import HTTP
import TestSupport
import Testing

@testable import Engine

@Suite struct CallTests {
    @Test func `a call goes through and comes back`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.post("ab", "cd")
            let stream = try #require(stage.streams.first)
            #expect(stream.heard == ["POST /x", "body ab", "body cd", "end"])
            #expect(stage.client.heard.isEmpty && !stage.call.isOver && stage.call.hasWholeRequest)
            stream.answer(201, "ef", "gh")
            #expect(stage.client.heard == ["head 201", "body ef", "body gh", "end"])
            #expect(stage.call.isOver)
        }
    }

    @Test func `a call that is over is used again, with nothing of the last one`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            let call = stage.call
            stage.start(.post, "/a", [("x-request-id", "first"), ("x-secret", "1")], body: .known(1))
            stage.call.receive(.body(Bytes("x")))
            stage.call.receive(.end(trailers: nil))
            stage.streams[0].answer(200)
            stage.recycle()
            #expect(stage.call === call)
            stage.get("/b")
            let head = stage.streams[1].head
            #expect(head.headers["x-secret"] == nil && head.headers["x-request-id"]?.utf8.count == 32)
            #expect(head.body == .none && head.target == Array("/b".utf8))
        }
    }

    @Test func `the client's request id is passed both ways, a bad one is replaced`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.start(.get, "/", [("x-request-id", "mine")])
            stage.call.receive(.end(trailers: nil))
            stage.streams[0].answer(200)
            #expect(stage.client.lastHead.headers["x-request-id"] == "mine")
            stage.recycle()
            stage.start(.get, "/", [("x-request-id", "not mine")])
            stage.call.receive(.end(trailers: nil))
            stage.streams[1].answer(200)
            #expect(stage.client.lastHead.headers["x-request-id"] == stage.streams[1].head.headers["x-request-id"])
            #expect(stage.client.lastHead.headers["x-request-id"]?.utf8.count == 32)
        }
    }

    @Test func `what is matched is what is forwarded`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/a/./b//%7Ec?q=/../%2f")
            #expect(stage.streams[0].heard.first == "GET /a/b/~c?q=/../%2f")
        }
    }

    @Test(arguments: [("/a/../..", 400, "request.path"), ("/other", 404, "route.not_found")])
    func `without a route nothing is called`(target: String, status: Int, reason: String) async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, path: "/here")
            stage.get(target)
            #expect(stage.client.heard == ["head \(status)", "body \(reason)", "end"])
            #expect(stage.streams.isEmpty && stage.call.isOver)
        }
    }

    @Test(arguments: [(HTTPMethod.get, ["head 200", "body hello", "end"]), (.head, ["head 200", "end"])])
    func `the gateway answers itself`(method: HTTPMethod, heard: [String]) async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.start(method, "/local")
            #expect(stage.client.heard == heard && stage.call.isOver)
        }
    }

    @Test func `a failure before the head is rendered, and what follows is ignored`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, limits: UpstreamLimits(attempts: 1))
            stage.post("ab", ends: false)
            stage.streams[0].fail(.no)
            #expect(stage.client.heard == ["head 500", "body test.broke", "end"] && stage.call.isOver)
            stage.call.receive(.body(Bytes("cd")))
            stage.call.receive(.end(trailers: nil))
            #expect(stage.streams[0].heard == ["POST /x", "body ab"])
        }
    }

    @Test func `a failure behind the head breaks the response off`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/")
            stage.streams[0].answer(200, "half", ends: false)
            stage.streams[0].fail(.ifIdempotent)
            #expect(stage.client.heard == ["head 200", "body half", "abort"] && stage.call.isOver)
            #expect(stage.streams.count == 1)
        }
    }

    @Test func `a client that goes takes its attempt along`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.post("ab", ends: false)
            stage.call.cancel()
            #expect(stage.streams[0].heard == ["POST /x", "body ab", "cancel"])
            #expect(stage.client.heard.isEmpty && stage.call.isOver)
            #expect(stage.gateway.upstreams[0].active == [0])
        }
    }

    @Test func `a gathered request opens no stream before it is whole`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor, gathers: true)
            stage.post("ab", ends: false)
            #expect(stage.streams.isEmpty && !stage.call.isStreaming)
            stage.call.receive(.end(trailers: nil))
            #expect(stage.streams[0].heard == ["POST /x", "body ab", "end"] && stage.call.isStreaming)
        }
    }

    @Test func `a response that ends before its stream lets go of the stream`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/")
            stage.call.fail(Failure(.internal, "test.early", "Early."))
            #expect(stage.streams[0].heard.last == "cancel")
            #expect(stage.gateway.upstreams[0].active == [0])
        }
    }
}
