public import Canonical
public import Engine

/// Both ends of a pass-through route.
public struct RelayFactory: FaceFactory, UpstreamFactory {
    public let faceName = "proxy"
    private let rules: RelayRules
    private let failures: any FailureRenderer

    public init(rules: RelayRules = RelayRules(), failures: any FailureRenderer) {
        self.rules = rules
        self.failures = failures
    }

    public func makeFace(_ context: CallContext) -> any HTTPFace {
        RelayFace(context: context, rules: rules, failures: failures)
    }

    public func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        RelayUpstream(context: context, rules: rules)
    }
}
