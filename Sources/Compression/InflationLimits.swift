/// How much may come out of compressed bytes. Decompressing stops at the first byte past a limit.
public struct InflationLimits: Sendable {
    /// Bytes in all.
    public var bytes: Int
    /// Bytes for each byte that goes in, once `freeBytes` came out.
    public var ratio: Int
    /// As many come out whatever their ratio is.
    public var freeBytes: Int

    public init(bytes: Int, ratio: Int = 100, freeBytes: Int = 64 * 1024) {
        self.bytes = bytes
        self.ratio = ratio
        self.freeBytes = freeBytes
    }
}
