public import Canonical
public import Engine

/// Both ends of a pass-through route. An object, so that what it makes for a call holds one reference.
public final class RelayFactory: FaceFactory, UpstreamFactory {
    public let faceName = "proxy"
    let rules: RelayRules
    let failures: any FailureRenderer
    /// Whether anything of a head is rewritten.
    let hasRules: Bool

    public init(rules: RelayRules = RelayRules(), failures: any FailureRenderer) {
        self.rules = rules
        self.failures = failures
        hasRules = rules.path != nil || !rules.set.isEmpty || !rules.remove.isEmpty
    }

    public func makeFace(_ context: CallContext) -> any HTTPFace {
        RelayFace(context: context, factory: self)
    }

    public func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        RelayUpstream(context: context, factory: self)
    }
}
