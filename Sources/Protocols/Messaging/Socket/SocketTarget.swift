internal import Canonical
public import Engine
public import HTTP
internal import JSONCodec

/// Where a message of a socket goes; compiled at load, shared by all workers.
public enum SocketTarget: Sendable {
    /// An operation of a contract: JSON in, JSON out.
    case method(SocketMethod)
    /// A service without one: the message is the body of a request, and the body of the answer is a message.
    case plain(Route)

    /// A service without a contract.
    ///
    /// - Parameters:
    ///   - name: Of the route in the configuration.
    ///   - upstream: Its place in the plan.
    public static func plain(
        name: String, method: HTTPMethod, path: String, upstream: Int, limits: RouteLimits
    ) -> SocketTarget {
        let translator = PlainFactory(method: method, path: Array(path.utf8))
        return .plain(route(name, nil, translator: translator, upstream: upstream, limits: limits))
    }

    /// What calls follow. Nobody matches it, and each call brings its face along.
    static func route(
        _ name: String, _ operation: Operation?, translator: any UpstreamFactory, upstream: Int, limits: RouteLimits
    ) -> Route {
        Route(
            name: name, match: RouteMatch(path: PathPattern("/"), methods: []), operation: operation,
            action: .call(face: MessageFactory(limits: limits), translator: translator, upstream: upstream),
            limits: limits)
    }

    var route: Route {
        switch self {
        case .method(let method): method.route
        case .plain(let route): route
        }
    }

    var method: SocketMethod? { if case .method(let method) = self { method } else { nil } }

    /// Whether a call takes any number of messages.
    var takesStream: Bool { method?.takesStream ?? false }

    /// Whether it answers with any number.
    var answersStream: Bool { method?.answersStream ?? false }

    /// `failure` as a JSON object (RFC 9457).
    func problem(_ failure: Failure, requestID: [UInt8]) -> ProblemDocument {
        switch self {
        case .method(let method): method.problem(failure, requestID: requestID)
        case .plain:
            ProblemDocument(
                failure: failure, status: failure.status, requestID: String(decoding: requestID, as: UTF8.self))
        }
    }
}
