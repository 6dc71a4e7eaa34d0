import Buffers
import HTTP
import Reactor
import Testing

@testable import Engine

/// Documents that are made when they are asked for.
@Suite struct DeferredDocumentTests {
    private let made = Guarded(0)

    private var answer: LocalAnswer {
        LocalAnswer(
            contentType: "text/plain",
            document: DeferredDocument { [made] in
                made.withLock { $0 += 1 }
                return Bytes("hello")
            })
    }

    private var times: Int { made.withLock { $0 } }

    @Test func `it is made once, however many ask`() async {
        let answer = answer
        #expect(times == 0)
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { String(await answer.bytes) } }
            for await text in group { #expect(text == "hello") }
        }
        #expect(times == 1)
    }

    @Test func `calls of several workers wait for it, and get the same bytes`() async throws {
        let answer = answer
        for worker in try Worker.start(2) {
            for method in [HTTPMethod.get, .head] {
                let (heard, length) = await worker.run { worker in
                    let (call, client) = start(method, answer, on: worker.reactor)
                    #expect(client.heard.isEmpty && !call.isOver)
                    call.receive(.end(trailers: nil))
                    #expect(call.hasWholeRequest && !call.isAwaitingUpstream)
                    await withCheckedContinuation { ended in client.whenEnded = { ended.resume() } }
                    #expect(call.isOver)
                    return (client.heard, client.lastHead.body)
                }
                #expect(heard == ["head 200"] + (method == .get ? ["body hello"] : []) + ["end"])
                #expect(length == .known(5))
            }
            await worker.stop()
        }
        #expect(times == 1)
    }

    @Test func `who leaves meanwhile gets nothing`() async throws {
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let answer = LocalAnswer(
            contentType: "text/plain",
            document: DeferredDocument {
                for await _ in gate {}
                return Bytes("late")
            })
        let worker = try Worker.start()
        await worker.run { worker in
            let (left, client) = start(.get, answer, on: worker.reactor)
            let (stays, other) = start(.get, answer, on: worker.reactor)
            left.cancel()
            #expect(left.isOver && !stays.isOver)
            opening.finish()
            await withCheckedContinuation { ended in other.whenEnded = { ended.resume() } }
            #expect(client.heard.isEmpty && other.heard == ["head 200", "body late", "end"])
        }
        await worker.stop()
    }

    private func start(_ method: HTTPMethod, _ answer: LocalAnswer, on reactor: Reactor) -> (Call, FakeClient) {
        let pass = PassThrough()
        let route = Route(
            name: "local", match: RouteMatch(path: PathPattern("/**")), action: .answer(answer), limits: RouteLimits())
        let plan = Plan(routes: [route], upstreams: [], failures: pass)
        let gateway = Gateway(reactor: reactor, plan: plan, seed: 1) { _, _ in FakeConnector() }
        let (call, client) = (gateway.takeCall(), FakeClient())
        call.request.method = method
        call.request.target = Array("/x".utf8)
        call.start(on: client, from: ClientIdentity(address: Array("192.0.2.1".utf8)))
        // A call does not keep its gateway; it lasts as long as the worker.
        reactor[Gateway.self] = gateway
        return (call, client)
    }
}
