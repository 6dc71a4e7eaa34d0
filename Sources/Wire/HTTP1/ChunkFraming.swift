internal import Buffers

/// The bytes between the data of a chunked body (RFC 9112 §7.1), one at a time; holds no memory.
///
///     size → blanks → extensions ⇄ quoted ⇄ quotedPair
///     size | blanks | extensions → sizeLineFeed → data → dataLineFeed → size
///     sizeLineFeed → trailers
struct ChunkFraming {
    enum Phase: UInt8 {
        case size, blanks, extensions, quoted, quotedPair, sizeLineFeed
        /// `remaining` bytes of data follow.
        case data
        case dataCarriageReturn, dataLineFeed
        /// The last chunk was read.
        case trailers
    }

    private static let maximumDigits = 16

    private(set) var phase = Phase.size
    private(set) var remaining = 0
    private(set) var extensionBytes = 0
    private var size: UInt64 = 0
    private var digits: UInt8 = 0

    /// Takes in the next framing byte; not called in `data` and `trailers`.
    mutating func step(_ byte: UInt8) throws(HTTP1Error) {
        switch phase {
        case .size: try stepSize(byte)
        case .blanks: try stepBlanks(byte)
        case .extensions, .quoted, .quotedPair: try stepExtensions(byte)
        case .sizeLineFeed:
            guard byte == 0x0A else { throw .bareCarriageReturn }
            try beginData()
        case .dataCarriageReturn:
            guard byte == 0x0D else { throw .badChunkEnd }
            phase = .dataLineFeed
        case .dataLineFeed:
            guard byte == 0x0A else { throw .badChunkEnd }
            (size, digits, phase) = (0, 0, .size)
        case .data, .trailers: preconditionFailure("No framing byte is due.")
        }
    }

    /// Takes note that `count` bytes of data were read.
    mutating func readData(_ count: Int) {
        remaining &-= count
        if remaining == 0 { phase = .dataCarriageReturn }
    }

    private mutating func stepSize(_ byte: UInt8) throws(HTTP1Error) {
        guard let value = ASCII.hexValue(byte) else {
            guard digits > 0 else { throw .badChunkSize }
            return try stepBlanks(byte)
        }
        digits &+= 1
        guard digits <= Self.maximumDigits else { throw .badChunkSize }
        size = size &<< 4 | UInt64(value)
    }

    private mutating func stepBlanks(_ byte: UInt8) throws(HTTP1Error) {
        switch byte {
        case 0x0D: phase = .sizeLineFeed
        case 0x20, 0x09:
            phase = .blanks
            extensionBytes &+= 1
        case UInt8(ascii: ";"):
            phase = .extensions
            extensionBytes &+= 1
        case 0x0A: throw .bareLineFeed
        default: throw .badChunkSize
        }
    }

    /// Extensions are passed over, but what could end a line for somebody else may not be in them (CVE-2025-55315).
    private mutating func stepExtensions(_ byte: UInt8) throws(HTTP1Error) {
        extensionBytes &+= 1
        switch (phase, byte) {
        case (.extensions, 0x0D): phase = .sizeLineFeed
        case (_, 0x0A): throw .bareLineFeed
        case (_, 0x00..<0x09), (_, 0x0B..<0x20), (_, 0x7F): throw .badChunkExtension
        case (.quotedPair, _): phase = .quoted
        case (.quoted, UInt8(ascii: "\\")): phase = .quotedPair
        case (.quoted, UInt8(ascii: "\"")): phase = .extensions
        case (.extensions, UInt8(ascii: "\"")): phase = .quoted
        default: break
        }
    }

    private mutating func beginData() throws(HTTP1Error) {
        guard let size = Int(exactly: size) else { throw .badChunkSize }
        remaining = size
        phase = size == 0 ? .trailers : .data
    }
}
