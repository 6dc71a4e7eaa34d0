import Buffers
import Canonical
import HTTP
import Reactor
import TestSupport
import Testing

@testable import Engine

/// A gateway that gets another plan.
@Suite struct PlanTests {
    /// What opens streams, by the names of the upstreams, in the order in which they were made.
    private final class Connectors {
        var made: [(name: String, connector: FakeConnector)] = []

        func named(_ name: String) -> [FakeConnector] { made.filter { $0.name == name }.map(\.connector) }
    }

    private static let one = Upstream(name: "one", endpoints: [Endpoint(host: "one", port: 80)])
    private static let two = Upstream(name: "two", endpoints: [Endpoint(host: "two", port: 80)])

    /// `/{name}` leads to each upstream; the action is the same for all.
    private static func plan(_ upstreams: Upstream...) -> Plan {
        let pass = PassThrough()
        let routes = upstreams.indices.map { index in
            Route(
                name: upstreams[index].name, match: RouteMatch(path: PathPattern("/\(upstreams[index].name)")),
                action: .call(face: pass, translator: pass, upstream: index), limits: RouteLimits())
        }
        return Plan(routes: routes, upstreams: upstreams, failures: pass)
    }

    private func withGateway(_ body: @Sendable (Gateway, Connectors) throws -> Void) async throws {
        try await onWorker { reactor in
            let connectors = Connectors()
            let gateway = Gateway(reactor: reactor, plan: Self.plan(Self.one), seed: 1) { _, upstream in
                connectors.made.append((upstream.name, FakeConnector()))
                return connectors.made[connectors.made.count - 1].connector
            }
            try body(gateway, connectors)
        }
    }

    private func get(_ path: String, _ gateway: Gateway, _ client: FakeClient, taken: Call? = nil) -> Call {
        let call = taken ?? gateway.takeCall()
        call.request.method = .get
        call.request.target = Array(path.utf8)
        call.start(on: client, from: ClientIdentity(address: Array("192.0.2.1".utf8)))
        call.receive(.end(trailers: nil))
        return call
    }

    @Test func `the next request finds the new routes`() async throws {
        try await withGateway { gateway, connectors in
            let (before, after) = (FakeClient(), FakeClient())
            _ = get("/two", gateway, before)
            gateway.replace(Self.plan(Self.two, Self.one))
            let call = get("/two", gateway, after)
            #expect(before.heard == ["head 404", "body route.not_found", "end"])
            connectors.named("two").first?.streams.first?.answer(200, "b")
            #expect(after.heard == ["head 200", "body b", "end"] && call.isOver)
        }
    }

    @Test func `a call that was taken before it began obeys the new plan`() async throws {
        try await withGateway { gateway, connectors in
            let (call, client) = (gateway.takeCall(), FakeClient())
            gateway.replace(Self.plan(Self.two))
            _ = get("/two", gateway, client, taken: call)
            connectors.named("two").first?.streams.first?.answer(200)
            #expect(client.heard == ["head 200", "end"])
        }
    }

    @Test func `calls under way keep their plan, and their upstream goes as they end`() async throws {
        try await withGateway { gateway, connectors in
            let client = FakeClient()
            let call = get("/one", gateway, client)
            let old = try #require(connectors.named("one").first)
            gateway.replace(Self.plan(Self.two))
            #expect(old.isClosed && gateway.upstreams.map(\.upstream.name) == ["two"])
            // It may still be tried again where it was.
            old.streams[0].fail(.always)
            #expect(old.streams.count == 2)
            old.streams[1].answer(200, "x")
            #expect(client.heard == ["head 200", "body x", "end"] && call.isOver)
            gateway.recycle(call)
        }
    }

    @Test func `a route of an earlier plan leads where it did`() async throws {
        try await withGateway { gateway, connectors in
            let earlier = gateway.current
            gateway.replace(Self.plan(Self.two, Self.one))
            let (call, client) = (gateway.takeCall(), FakeClient())
            call.request.method = .get
            call.request.target = Array("/one".utf8)
            call.start(
                on: client, from: ClientIdentity(address: []), by: earlier.plan.routes[0], of: earlier,
                face: PassThrough().makeFace(call.context))
            call.receive(.end(trailers: nil))
            #expect(connectors.named("one").count == 1 && connectors.named("two")[0].streams.isEmpty)
            connectors.named("one")[0].streams[0].answer(200)
            #expect(client.heard == ["head 200", "end"])
        }
    }

    @Test func `an upstream of both plans keeps its connections`() async throws {
        try await withGateway { gateway, connectors in
            let state = try #require(gateway.upstreams.first)
            gateway.replace(Self.plan(Self.two, Self.one))
            #expect(gateway.upstreams[1] === state && connectors.named("one").count == 1)
            #expect(connectors.named("one").first?.isClosed == false)
            gateway.replace(Self.plan(Self.two))
            #expect(connectors.named("one").first?.isClosed == true && connectors.made.count == 2)
        }
    }
}
