public import Buffers
internal import CZlib

/// Decompresses, piece by piece, within limits; for gzip, zlib and raw deflate.
///
/// One inflater serves one stream after another (`reset`). This module compresses for all others and knows no protocol.
public final class Inflater {
    private static let chunk = 16 * 1024

    private let format: CompressionFormat
    private var limits: InflationLimits
    // Made and freed here, and shown to zlib alone.
    private let stream: UnsafeMutablePointer<z_stream>
    private var consumed = 0
    private var produced = 0
    private var failure: CompressionError?
    /// What was read so far is whole: only another member of gzip may follow.
    public private(set) var isAtEnd = false

    public init(_ format: CompressionFormat, limits: InflationLimits) {
        self.format = format
        self.limits = limits
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = inflateInit2_(stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory, or is another version than its header")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Appends what `input` decompresses to.
    ///
    /// - Parameter input: The next bytes of the stream; may end anywhere.
    /// - Throws: `malformed`, `tooLarge`, `outOfProportion`, and the same again until `reset`. What was written before stays.
    public func inflate(_ input: RawSpan, into out: inout ByteWriter) throws(CompressionError) {
        if let failure { throw failure }
        var rest = input
        while rest.byteCount > 0 {
            if isAtEnd { try startMember() }
            let piece = rest.extracting(first: 1 << 30)
            let used = try step(piece, into: &out)
            rest = rest.extracting(used..<rest.byteCount)
        }
    }

    /// The stream is over.
    ///
    /// - Throws: `truncated` when that is too early.
    public func finish() throws(CompressionError) {
        if let failure { throw failure }
        guard isAtEnd else { throw .truncated }
    }

    /// Starts a new stream, within other limits if any are given.
    public func reset(limits: InflationLimits? = nil) {
        inflateReset(stream)
        startMessage(limits: limits)
        failure = nil
    }

    /// Starts to count anew and keeps the window: for streams of messages.
    func startMessage(limits: InflationLimits? = nil) {
        if let limits { self.limits = limits }
        consumed = 0
        produced = 0
        isAtEnd = false
    }

    /// Whether the last byte that was read is the last of a block (zlib.h, "inflate", on `data_type`).
    var isBetweenBlocks: Bool { stream.pointee.data_type & 0xBF == 128 }

    // MARK: Steps

    /// Gzip may have several members (RFC 1952 §2.2), and a message of RFC 7692 blocks behind a last one (§7.2.3.4).
    private func startMember() throws(CompressionError) {
        switch format {
        case .gzip: inflateReset(stream)
        case .raw: inflateResetKeep(stream)
        case .zlib: throw fail(.malformed)
        }
        isAtEnd = false
    }

    /// Inflates until `input` is used up or the stream ends.
    /// - Returns: How much of `input` was used.
    private func step(_ input: RawSpan, into out: inout ByteWriter) throws(CompressionError) -> Int {
        var used = 0
        while true {
            let left = limits.bytes - produced
            // At the limit one byte more tells whether there is more to come.
            let room = left < Self.chunk ? left + 1 : Self.chunk
            var status = Z_OK
            var written = 0
            out.append(upTo: room) { target in
                (status, used, written) = turn(input, from: used, into: target)
                return written
            }
            produced += written
            if produced > limits.bytes {
                out.truncate(to: out.count - 1)
                throw fail(.tooLarge)
            }
            try checkRatio(consumed + used)
            switch status {
            case Z_STREAM_END: isAtEnd = true
            case Z_OK, Z_BUF_ERROR: if used < input.byteCount || written == room { continue }
            default: throw fail(.malformed)
            }
            break
        }
        consumed += used
        return used
    }

    private func turn(
        _ input: RawSpan, from start: Int, into target: UnsafeMutableRawBufferPointer
    ) -> (status: Int32, used: Int, written: Int) {
        input.withUnsafeBytes { source in
            // zlib reads its input only; its header says otherwise for old compilers' sake.
            let bytes = source.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + start) }
            stream.pointee.next_in = bytes?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_in = UInt32(source.count - start)
            stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_out = UInt32(target.count)
            let status = CZlib.inflate(stream, Z_NO_FLUSH)
            let used = source.count - Int(stream.pointee.avail_in)
            return (status, used, target.count - Int(stream.pointee.avail_out))
        }
    }

    private func checkRatio(_ consumed: Int) throws(CompressionError) {
        guard produced > limits.freeBytes else { return }
        let (allowed, overflows) = consumed.multipliedReportingOverflow(by: limits.ratio)
        if !overflows, produced > allowed { throw fail(.outOfProportion) }
    }

    private func fail(_ error: CompressionError) -> CompressionError {
        failure = error
        return error
    }
}
