import Canonical
import Engine
import HTTP
import Relay

/// A face that waits for the whole request, as those do that translate it.
struct GatheringFactory: FaceFactory {
    let faceName = "gathering"

    func makeFace(_ context: CallContext) -> any HTTPFace { GatheringFace() }
}

private final class GatheringFace: FaceTranslator {
    private var gathered: [RequestPart] = []

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): gathered.append(.head(head))
        case .body(let bytes): gathered.append(.message(.opaque(bytes)))
        case .end(let trailers):
            for part in gathered { parts.append(part) }
            parts.append(.end(trailers: trailers))
        }
    }

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .head(let head): wire.append(.head(head))
        case .message(.opaque(let bytes)): wire.append(.body(bytes))
        case .end(.success(let trailers)): wire.append(.end(trailers: trailers))
        case .end(.failure(let failure)): PlainFailures().render(failure, requestID: "", into: &wire)
        case .interim, .message: break
        }
    }
}

/// As `relayPlan`, but requests are gathered first.
func gatheringPlan(to endpoints: [Endpoint]) -> Plan {
    let route = Route(
        name: "gather", match: RouteMatch(path: PathPattern("/**")),
        action: .call(face: GatheringFactory(), translator: RelayFactory(failures: PlainFailures()), upstream: 0),
        limits: RouteLimits())
    return Plan(routes: [route], upstreams: [Upstream(name: "u", endpoints: endpoints)], failures: PlainFailures())
}
