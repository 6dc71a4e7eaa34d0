internal import Buffers
internal import Canonical
internal import Compression

/// Writes the messages of one direction of a call as enveloped ones.
struct EnvelopeWriter: ~Copyable {
    /// Messages below this are not worth compressing.
    static let leastCompressed = 256
    /// Messages from this on are not copied behind their prefix.
    static let leastUncopied = 4096

    var encoding = MessageEncoding.identity
    private var deflater: Deflater?

    init() {}

    /// The pieces of body that one message becomes: prefix and message in one, or one each.
    mutating func write(
        _ message: Message, of formats: MessageFormats, as format: PayloadFormat
    ) throws(Failure) -> (Bytes, Bytes?) {
        if encoding == .identity, let bytes = formats.received(message, as: format), bytes.count >= Self.leastUncopied {
            var prefix = ByteWriter(capacity: Envelope.prefixLength)
            prefix.append(envelope: 0, length: bytes.count)
            return (prefix.finish(), bytes)
        }
        var out = ByteWriter(capacity: 512)
        out.append(envelope: 0, length: 0)
        try formats.write(message, as: format, into: &out)
        guard encoding != .identity, out.count - Envelope.prefixLength >= Self.leastCompressed else {
            Self.complete(&out, flags: 0)
            return (out.finish(), nil)
        }
        var packed = ByteWriter(capacity: out.count / 2)
        packed.append(envelope: 0, length: 0)
        deflate(out.written.extracting(droppingFirst: Envelope.prefixLength), into: &packed)
        Self.complete(&packed, flags: Envelope.compressed)
        return (packed.finish(), nil)
    }

    /// Appends `bytes` compressed.
    mutating func deflate(_ bytes: RawSpan, into out: inout ByteWriter) {
        guard let format = encoding.format else { return out.append(bytes) }
        let deflater = self.deflater ?? Deflater(format)
        self.deflater = deflater
        deflater.reset()
        deflater.deflate(bytes, .finish, into: &out)
    }

    /// Puts flags and length into the prefix that stands first.
    private static func complete(_ out: inout ByteWriter, flags: UInt8) {
        let length = UInt32(clamping: out.count - Envelope.prefixLength)
        out.overwrite(flags, at: 0)
        for place in 0..<4 {
            out.overwrite(UInt8(truncatingIfNeeded: length >> UInt32(24 - place * 8)), at: place + 1)
        }
    }
}
