public import Canonical

extension SourceMap {
    /// Where the value stands that says what `route` matches; nil when it could not be read, or was made by code.
    public func location(of route: Configuration.Route) -> SourceLocation? {
        switch route.action {
        case .expose: location(of: "\(route.name).expose")
        case .proxy: location(of: "\(route.name).path")
        case .socket: location(of: "\(route.name).websocket")
        case .call: Configuration.OperationCall.verbs.lazy.compactMap { location(of: "\(route.name).\($0.name)") }.first
        }
    }
}
