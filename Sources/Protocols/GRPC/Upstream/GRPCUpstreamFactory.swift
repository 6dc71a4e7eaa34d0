public import Engine

/// Makes the gRPC side of one operation's calls.
public struct GRPCUpstreamFactory: UpstreamFactory {
    private let method: GRPCMethod

    public init(_ method: GRPCMethod) {
        self.method = method
    }

    public func makeUpstream(_ context: CallContext) -> any HTTPUpstream {
        GRPCUpstream(method: method, context: context)
    }
}
