internal import Buffers

/// The nine bytes before every frame (RFC 9113 §4.1).
struct FrameHeader {
    static let byteCount = 9

    enum Kind {
        static let data: UInt8 = 0
        static let headers: UInt8 = 1
        static let priority: UInt8 = 2
        static let reset: UInt8 = 3
        static let settings: UInt8 = 4
        static let pushPromise: UInt8 = 5
        static let ping: UInt8 = 6
        static let goAway: UInt8 = 7
        static let windowUpdate: UInt8 = 8
        static let continuation: UInt8 = 9
    }

    enum Flag {
        static let acknowledgement: UInt8 = 1
        static let endStream: UInt8 = 1
        static let endHeaders: UInt8 = 4
        static let padded: UInt8 = 8
    }

    let length: Int
    let kind: UInt8
    let flags: UInt8
    let stream: Int32

    /// Reads the header that begins at `offset`; the caller has checked that it is there.
    init(_ span: RawSpan, at offset: Int) {
        length = Int(span[offset]) << 16 | Int(span[offset &+ 1]) << 8 | Int(span[offset &+ 2])
        kind = span[offset &+ 3]
        flags = span[offset &+ 4]
        stream = Self.number(span, at: offset &+ 5)
    }

    func has(_ flag: UInt8) -> Bool { flags & flag != 0 }

    /// A number of 31 bits; what stands in the highest is ignored.
    static func number(_ span: RawSpan, at offset: Int) -> Int32 {
        Int32(span[offset] & 0x7F) << 24 | Int32(span[offset &+ 1]) << 16 | Int32(span[offset &+ 2]) << 8
            | Int32(span[offset &+ 3])
    }
}
