/// An immutable run of bytes: a 24-byte slice of a reference-counted slab. Copying a `Bytes` copies no byte.
///
/// This is how bodies travel: what was read is what is written when nothing changes.
public struct Bytes: Sendable {
    public private(set) var slab: Slab
    public private(set) var offset: Int
    /// How many bytes there are.
    public private(set) var count: Int

    /// Refers to `count` bytes of `slab` from `offset` on; the caller has written them and will not write them again.
    public init(slab: Slab, offset: Int, count: Int) {
        precondition(offset >= 0 && count >= 0 && offset <= slab.capacity - count)
        self.slab = slab
        self.offset = offset
        self.count = count
    }

    public init() {
        self.init(slab: Bytes.nothing, offset: 0, count: 0)
    }

    /// Copies `span` into a slab of its own.
    public init(copying span: RawSpan) {
        let slab = Slab(capacity: max(span.byteCount, 1))
        span.withUnsafeBytes { source in
            if let base = source.baseAddress { slab.base.copyMemory(from: base, byteCount: source.count) }
        }
        self.init(slab: slab, offset: 0, count: span.byteCount)
    }

    public init(_ array: [UInt8]) {
        self.init(copying: array.span.bytes)
    }

    public init(_ string: some StringProtocol) {
        self.init(Array(string.utf8))
    }

    public var isEmpty: Bool { count == 0 }

    /// The bytes, for as long as this value is borrowed.
    public var span: RawSpan {
        @_lifetime(borrow self) get {
            let span = RawSpan(_unsafeStart: UnsafeRawPointer(slab.base) + offset, byteCount: count)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// The byte at `index`; traps outside `0..<count`.
    public subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count)
        return slab.base.load(fromByteOffset: offset &+ index, as: UInt8.self)
    }

    /// The bytes of `range`, over the same slab; traps when the range leaves `0..<count`.
    public subscript(range: Range<Int>) -> Bytes {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return Bytes(slab: slab, offset: offset &+ range.lowerBound, count: range.count)
    }

    /// Splits off and returns the first `length` bytes; traps when there are fewer.
    public mutating func removePrefix(_ length: Int) -> Bytes {
        let prefix = self[0..<length]
        offset &+= length
        count &-= length
        return prefix
    }

    /// Drops the first `length` bytes; traps when there are fewer.
    public mutating func removeFirst(_ length: Int) {
        precondition(length >= 0 && length <= count)
        offset &+= length
        count &-= length
    }

    public var array: [UInt8] {
        span.withUnsafeBytes { Array($0) }
    }

    private static let nothing = Slab(capacity: 1)
}

extension Bytes: Equatable {
    public static func == (left: Bytes, right: Bytes) -> Bool {
        left.span.equals(right.span)
    }
}

extension String {
    /// The bytes as text; ill-formed UTF-8 becomes U+FFFD. For logs and tests, not for the hot path.
    public init(_ bytes: Bytes) {
        self = bytes.span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes as text; ill-formed UTF-8 becomes U+FFFD.
    public init(decoding span: RawSpan) {
        self = span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}
