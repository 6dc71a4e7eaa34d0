import Buffers
import Canonical
import HTTP
import TestSupport
import Testing

@testable import Engine

@Suite struct BackPressureTests {
    @Test func `a slow upstream pauses the client, once, until it has drained`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.post(ends: false)
            stage.streams[0].isWritable = false
            stage.call.receive(.body(Bytes("a")))
            stage.call.receive(.body(Bytes("b")))
            #expect(stage.client.heard == ["pause"])
            stage.streams[0].isWritable = true
            stage.streams[0].drain()
            stage.streams[0].drain()
            #expect(stage.client.heard == ["pause", "resume"])
        }
    }

    @Test func `a slow client pauses the upstream, once, until it has drained`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/")
            stage.client.isWritable = false
            stage.streams[0].answer(200, "a", "b", ends: false)
            #expect(stage.streams[0].heard == ["GET /", "end", "pause"])
            stage.client.isWritable = true
            stage.call.clientDrained()
            stage.call.clientDrained()
            #expect(stage.streams[0].heard == ["GET /", "end", "pause", "resume"])
        }
    }

    @Test func `a client that was paused for a call goes on after it`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.post(ends: false)
            stage.streams[0].isWritable = false
            stage.call.receive(.body(Bytes("a")))
            stage.streams[0].answer(200)
            #expect(stage.client.heard == ["pause", "head 200", "end", "resume"])
        }
    }

    @Test func `a client that was paused for a broken attempt goes on with the next`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.connectors[0].opensWritable = false
            stage.post("a", ends: false)
            #expect(stage.client.heard == ["pause"])
            stage.connectors[0].opensWritable = true
            stage.streams[0].fail(.always)
            #expect(stage.client.heard == ["pause", "resume"])
        }
    }

    @Test func `while the client does not read, the upstream is not taken for stalled`() async throws {
        try await onWorker { reactor in
            let stage = Stage(reactor)
            stage.get("/")
            stage.client.isWritable = false
            stage.streams[0].answer(200, "a", ends: false)
            stage.wait(.seconds(3600))
            #expect(!stage.call.isOver)
            stage.client.isWritable = true
            stage.call.clientDrained()
            stage.wait(.seconds(7200))
            #expect(stage.call.isOver)
        }
    }
}
