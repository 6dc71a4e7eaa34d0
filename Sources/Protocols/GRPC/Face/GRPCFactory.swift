public import Engine

/// Makes the gRPC face of one operation: gRPC, gRPC-Web and Connect at one address, by what a request says it is.
public struct GRPCFactory: FaceFactory {
    public let faceName = "grpc"
    private let method: GRPCMethod

    /// - Parameter method: Of the upstream's own plan, where it speaks gRPC: messages pass unread then.
    public init(_ method: GRPCMethod) {
        self.method = method
    }

    public func makeFace(_ context: CallContext) -> any HTTPFace {
        RPCFace(method: method, context: context)
    }
}
