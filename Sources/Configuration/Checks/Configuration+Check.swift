internal import Canonical

extension Configuration {
    /// What no single mapping can see: references, addresses that clash, routes that can never be hit.
    func check(sources: SourceMap) -> [Diagnostic] {
        ReferenceCheck(configuration: self, sources: sources).findings
            + ListenerCheck(configuration: self, sources: sources).findings
            + RouteCheck(configuration: self, sources: sources).findings
    }
}
