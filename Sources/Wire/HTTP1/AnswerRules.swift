/// What a response must heed of the request that it answers.
public struct AnswerRules: Sendable {
    /// The request was HEAD: no body may follow.
    public var isHead: Bool
    /// The `x` of the request's `HTTP/1.x`; 0 cannot read chunks.
    public var minorVersion: UInt8
    /// Whether the connection may live on, as far as the client is concerned. The server may make it false.
    public var keepsAlive: Bool

    public init(isHead: Bool = false, minorVersion: UInt8 = 1, keepsAlive: Bool = true) {
        self.isHead = isHead
        self.minorVersion = minorVersion
        self.keepsAlive = keepsAlive
    }
}
