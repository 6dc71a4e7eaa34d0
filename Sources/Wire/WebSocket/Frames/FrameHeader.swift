internal import Buffers

/// What stands before every payload (RFC 6455 §5.2): two to fourteen bytes.
struct FrameHeader {
    var opcode: Opcode
    /// The last frame of its message.
    var isFinal = true
    /// RSV1: the message that begins here is compressed (RFC 7692 §6).
    var isCompressed = false
    /// Bytes of the payload.
    var length: Int
    var key: MaskingKey?

    init(_ opcode: Opcode, length: Int, isCompressed: Bool = false, key: MaskingKey? = nil) {
        self.opcode = opcode
        self.length = length
        self.isCompressed = isCompressed
        self.key = key
    }

    // MARK: Reading

    /// Reads the header that `span` begins with, as far as it is there: what is wrong with it shows with the first byte
    /// that is.
    ///
    /// - Parameters:
    ///   - isMasked: Whether the peer is a client, which masks all it sends; a server masks nothing (§5.1).
    ///   - allowsCompression: Whether permessage-deflate was agreed.
    ///   - byteCount: Becomes the header's own length.
    /// - Returns: nil until the header is whole.
    static func read(
        _ span: RawSpan, isMasked: Bool, allowsCompression: Bool, byteCount: inout Int
    ) throws(WebSocketError) -> FrameHeader? {
        guard span.byteCount > 0 else { return nil }
        var header = try FrameHeader(first: span[0], allowsCompression: allowsCompression)
        guard span.byteCount > 1 else { return nil }
        guard (span[1] & 0x80 != 0) == isMasked else { throw isMasked ? .unmasked : .masked }
        let short = span[1] & 0x7F
        guard !header.opcode.isControl || short <= 125 else { throw .longControl }
        let lengthEnd = short < 126 ? 2 : short == 126 ? 4 : 10
        guard span.byteCount >= lengthEnd else { return nil }
        header.length = try length(short, span)
        byteCount = lengthEnd &+ (isMasked ? 4 : 0)
        guard span.byteCount >= byteCount else { return nil }
        if isMasked {
            header.key = MaskingKey(
                UInt32(littleEndian: span.unsafeLoadUnaligned(fromByteOffset: lengthEnd, as: UInt32.self)))
        }
        return header
    }

    private init(first byte: UInt8, allowsCompression: Bool) throws(WebSocketError) {
        guard let opcode = Opcode(rawValue: byte & 0x0F) else { throw .unknownOpcode }
        self.init(opcode, length: 0)
        isFinal = byte & 0x80 != 0
        isCompressed = byte & 0x40 != 0
        // Only the first frame of a message may say that it is compressed (RFC 7692 §6).
        let mayBeCompressed = allowsCompression && (opcode == .text || opcode == .binary)
        guard byte & 0x30 == 0, !isCompressed || mayBeCompressed else { throw .reservedBits }
        guard isFinal || !opcode.isControl else { throw .fragmentedControl }
    }

    /// The length must be said in the fewest bytes that can say it (§5.2).
    private static func length(_ short: UInt8, _ span: RawSpan) throws(WebSocketError) -> Int {
        switch short {
        case 126:
            let length = Int(span[2]) << 8 | Int(span[3])
            guard length > 125 else { throw .badLength }
            return length
        case 127:
            let length = UInt64(
                bigEndian: span.unsafeLoadUnaligned(fromByteOffset: 2, as: UInt64.self))
            guard length > 0xFFFF, length <= UInt64(Int64.max) else { throw .badLength }
            return Int(length)
        default: return Int(short)
        }
    }

    // MARK: Writing

    func write(into out: inout ByteWriter) {
        out.reserve(14)
        out.append((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue)
        let mask: UInt8 = key == nil ? 0 : 0x80
        if length <= 125 {
            out.append(mask | UInt8(length))
        } else if length <= 0xFFFF {
            out.append(mask | 126)
            out.append(word: UInt16(length).byteSwapped, length: 2)
        } else {
            out.append(mask | 127)
            out.append(word: UInt64(length).byteSwapped, length: 8)
        }
        if let key { out.append(word: key.bytes, length: 4) }
    }
}
