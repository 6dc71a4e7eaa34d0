public import Buffers
internal import CZlib

/// Compresses, piece by piece; to gzip, zlib and raw deflate.
///
/// One deflater makes one stream after another (`reset`). It holds some 256 KiB while it lives.
public final class Deflater {
    /// What shall stand in the output when a piece has been compressed.
    public enum Flush: Sendable {
        /// Whatever is convenient.
        case none
        /// Everything given so far, up to a byte boundary: ends with 00 00 FF FF.
        case sync
        /// Everything, and the end of the stream.
        case finish
    }

    // Made and freed here, and shown to zlib alone.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter level: 1 (fast) to 9 (small).
    public init(_ format: CompressionFormat, level: Int = 1) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        var bits = format.windowBits
        // zlib makes no raw stream with a window of 256 bytes; its matches over 512 reach back 250 bytes at most.
        if case .raw = format { bits = min(bits, -9) }
        let status = deflateInit2_(
            stream, Int32(min(max(level, 1), 9)), Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory, or is another version than its header")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Appends what `input` compresses to, as far as `flush` asks for it. Nothing may follow `.finish` but `reset`.
    public func deflate(_ input: RawSpan, _ flush: Flush, into out: inout ByteWriter) {
        var rest = input
        while rest.byteCount > 1 << 30 {
            step(rest.extracting(first: 1 << 30), Z_NO_FLUSH, into: &out)
            rest = rest.extracting(1 << 30..<rest.byteCount)
        }
        switch flush {
        case .none: step(rest, Z_NO_FLUSH, into: &out)
        case .sync: step(rest, Z_SYNC_FLUSH, into: &out)
        case .finish: step(rest, Z_FINISH, into: &out)
        }
    }

    /// Starts a new stream.
    public func reset() {
        deflateReset(stream)
    }

    private func step(_ input: RawSpan, _ flush: Int32, into out: inout ByteWriter) {
        input.withUnsafeBytes { source in
            // zlib reads its input only; its header says otherwise for old compilers' sake.
            let bytes = source.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
            stream.pointee.next_in = bytes?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_in = UInt32(source.count)
            let room = min(max(source.count / 2, 128), 32 * 1024)
            var isDone = false
            while !isDone {
                out.append(upTo: room) { target in
                    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
                    stream.pointee.avail_out = UInt32(target.count)
                    let status = CZlib.deflate(stream, flush)
                    // With room to spare nothing is left to write (zlib.h, "deflate").
                    isDone = stream.pointee.avail_out > 0 || (status != Z_OK && status != Z_BUF_ERROR)
                    return target.count - Int(stream.pointee.avail_out)
                }
            }
        }
    }
}
