internal import Buffers

/// The four bytes that a client's payloads are masked with (RFC 6455 §5.3), at some place of a payload.
struct MaskingKey {
    /// The key twice, in the order of the bytes that are next.
    private var word: UInt64

    /// - Parameter bytes: The key, its first byte least significant.
    init(_ bytes: UInt32) {
        word = UInt64(bytes) << 32 | UInt64(bytes)
    }

    /// The key as the frame's header has it, its first byte least significant; before anything was masked.
    var bytes: UInt32 { UInt32(truncatingIfNeeded: word) }

    /// Writes `source`, masked or unmasked, to `target` and moves on by as much.
    mutating func apply(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) {
        guard let base = source.baseAddress else { return }
        let count = source.count
        let pattern = word.littleEndian
        var index = 0
        while index &+ 8 <= count {
            let bytes = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            target.storeBytes(of: bytes ^ pattern, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        while index < count {
            let byte = base.load(fromByteOffset: index, as: UInt8.self)
            let mask = UInt8(truncatingIfNeeded: word &>> (UInt64(index & 3) &* 8))
            target.storeBytes(of: byte ^ mask, toByteOffset: index, as: UInt8.self)
            index &+= 1
        }
        let turn = UInt64(count & 3) &* 8
        if turn > 0 { word = word &>> turn | word &<< (64 &- turn) }
    }
}

extension ByteWriter {
    /// Appends `source` masked, or unmasked, by `key`, which moves on.
    mutating func append(_ source: RawSpan, maskedBy key: inout MaskingKey) {
        guard source.byteCount > 0 else { return }
        append(upTo: source.byteCount) { target in
            guard let base = target.baseAddress else { return 0 }
            source.withUnsafeBytes { key.apply($0, to: base) }
            return source.byteCount
        }
    }
}
