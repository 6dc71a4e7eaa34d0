internal import Buffers

/// What stands before a message on the wire: one byte of flags, and its length in four.
///
/// Source: gRPC over HTTP/2, "Length-Prefixed-Message"; Connect, "Enveloped-Message".
struct Envelope {
    static let prefixLength = 5
    /// The message is compressed.
    static let compressed: UInt8 = 0x01
    /// Connect: it is no message but the end of the stream.
    static let endOfStream: UInt8 = 0x02
    /// gRPC-Web: it is no message but the trailers.
    static let trailers: UInt8 = 0x80

    var flags: UInt8
    var bytes: Bytes

    var isCompressed: Bool { flags & Envelope.compressed != 0 }
}

extension ByteWriter {
    /// Appends the five bytes before a message of `length` bytes.
    mutating func append(envelope flags: UInt8, length: Int) {
        let length = UInt32(clamping: length).bigEndian
        append(word: UInt64(length) << 8 | UInt64(flags), length: Envelope.prefixLength)
    }
}
