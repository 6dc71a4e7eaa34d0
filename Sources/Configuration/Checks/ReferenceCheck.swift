internal import Canonical

/// Looks for routes to upstreams that do not exist, or that have no contract where one is needed.
struct ReferenceCheck {
    private let configuration: Configuration
    private let sources: SourceMap
    private let upstreams: [String: Configuration.Upstream]

    init(configuration: Configuration, sources: SourceMap) {
        self.configuration = configuration
        self.sources = sources
        upstreams = Dictionary(configuration.upstreams.map { ($0.name, $0) }) { first, _ in first }
    }

    var findings: [Diagnostic] {
        configuration.routes.flatMap { route in
            switch route.action {
            case .expose(let exposure): [check(exposure.operations, at: "\(route.name).expose")].compactMap(\.self)
            case .call(let call): [check(call.operation, at: "\(route.name).call")].compactMap(\.self)
            case .proxy(let proxy): [check(proxy.upstream, at: "\(route.name).to")].compactMap(\.self)
            case .socket(let socket): check(socket, of: route.name)
            }
        }
    }

    private func check(_ socket: Configuration.SocketRoute, of route: String) -> [Diagnostic] {
        let operations = socket.operations.compactMap { check($0.operation, at: "\(route).\($0.place)") }
        let upstreams = socket.plainUpstreams.compactMap { check($0.upstream, at: "\(route).\($0.place)") }
        return operations + upstreams
    }

    private func check(_ reference: Configuration.OperationReference, at path: String) -> Diagnostic? {
        // What could not be read was reported already.
        guard !reference.upstream.isEmpty, var place = sources.location(of: path) else { return nil }
        place.length = min(place.length, reference.upstream.unicodeScalars.count)
        guard let upstream = upstreams[reference.upstream] else {
            return unknown(reference.upstream, path, place)
        }
        let hasContract = upstream.contract != nil || sources.location(of: "upstreams.\(upstream.name).contract") != nil
        guard !hasContract else { return nil }
        let message = "\(path): the upstream \"\(upstream.name)\" has no contract, so it has no operations"
        return Diagnostic(.error, "route.no-contract", message, at: place)
    }

    private func check(_ upstream: String, at path: String) -> Diagnostic? {
        guard !upstream.isEmpty, let place = sources.location(of: path) else { return nil }
        return upstreams[upstream] == nil ? unknown(upstream, path, place) : nil
    }

    private func unknown(_ name: String, _ path: String, _ place: SourceLocation) -> Diagnostic {
        let shown = sources.reference(at: path) ?? name
        var message = "\(path): there is no upstream \"\(shown)\""
        if let nearest = Suggestion.nearest(to: name, among: upstreams.keys) {
            let definition = sources.keyLocation(of: "upstreams.\(nearest)")
            let line = definition.map { " (\($0.reference(from: place)))" } ?? ""
            message += "; did you mean \"\(nearest)\"\(line)?"
        }
        return Diagnostic(.error, "route.unknown-upstream", message, at: place)
    }
}
