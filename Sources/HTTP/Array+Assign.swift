extension [UInt8] {
    /// Replaces everything, and keeps the memory.
    public mutating func assign(_ span: RawSpan) {
        // A typed buffer: with a raw one the copy goes byte by byte through the collection's own protocol.
        span.withUnsafeBytes { replaceSubrange(0..<count, with: $0.assumingMemoryBound(to: UInt8.self)) }
    }
}
