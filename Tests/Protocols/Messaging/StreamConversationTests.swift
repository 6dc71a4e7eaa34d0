import Buffers
import Canonical
import Engine
import Reactor
import TestSupport
import Testing
import WebSocket

@testable import Messaging

/// A socket that is one stream.
@Suite(.timeLimit(.minutes(1))) struct StreamConversationTests {
    private static func open(_ reactor: Reactor, _ interaction: Interaction = .bidirectionalStream) -> Scene {
        let plan = StreamPlan(SocketMethod("Chat", interaction))
        let scene = Scene(reactor, plan.factory(settings: .plain(), failures: Reasons()))
        scene.open()
        return scene
    }

    @Test func `each message is one of the stream, both ways`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            #expect(scene.client.status == 101)
            scene.send("1")
            scene.send("2")
            #expect(scene.service.texts == ["/Chat connect 1 12"])
            scene.service.requests[0].answer(200, "3", "4", headers: [("ws-join", "g")], ends: false)
            #expect(scene.client.news() == ["3", "4"] && scene.socket?.groups == ["g"])
            scene.service.requests[0].deliver(.end(trailers: nil))
            #expect(scene.client.news() == ["close 1000 "])
        }
    }

    @Test func `a stream that only comes is begun by the address`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor, .serverStream)
            #expect(scene.service.texts == ["/Chat connect 1 {}"] && scene.service.requests[0].isWhole)
            scene.send("1")
            #expect(scene.client.news() == ["close 1008 this socket only sends"])
        }
    }

    @Test(arguments: [
        (FailureCode.invalidArgument, 1007), (.unauthenticated, 3000), (.permissionDenied, 3003), (.notFound, 1008),
        (.unavailable, 1013), (.deadlineExceeded, 3008), (.internal, 1011),
    ])
    func `a failure closes the socket with its code`(code: FailureCode, number: Int) async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.service.requests[0].fail(Failure(code, "test.failed", "It failed."))
            #expect(scene.client.news() == ["close \(number) test.failed: It failed."])
        }
    }

    @Test func `a client that leaves ends the call`() async throws {
        try await onWorker { reactor in
            let scene = Self.open(reactor)
            scene.sendClose(.goingAway)
            #expect(scene.service.requests[0].isCancelled && scene.isOver)
        }
    }
}
