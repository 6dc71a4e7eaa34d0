internal import CZlib

/// What stands around deflate's bits (RFC 1951).
public enum CompressionFormat: Sendable, Equatable {
    /// RFC 1952.
    case gzip
    /// RFC 1950; what HTTP calls `deflate` (RFC 9110 §8.4.1.2).
    case zlib
    /// Nothing, over a window of 2 to the power of `windowBits`, 8 to 15 (RFC 7692 §7.1.2).
    case raw(windowBits: Int)

    /// As zlib says it: how far matches reach, and what is around.
    var windowBits: Int32 {
        switch self {
        case .gzip: 15 + 16
        case .zlib: 15
        case .raw(let bits): -Int32(min(max(bits, 8), 15))
        }
    }
}

/// Why something cannot be decompressed.
public enum CompressionError: Error, Sendable, Equatable {
    /// It is not what it should be.
    case malformed
    /// It ends in its middle.
    case truncated
    /// It grows past the limit.
    case tooLarge
    /// It grows out of all proportion: what was sent is a bomb.
    case outOfProportion
}
