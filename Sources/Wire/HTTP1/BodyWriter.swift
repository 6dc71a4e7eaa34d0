public import Buffers
public import HTTP

/// Frames the body of one message that is being sent; the body's own bytes are written beside it, without a copy.
///
///     for each piece: beginData → the piece → endData
///     at the end: finish
public struct BodyWriter: Sendable {
    enum Framing: Equatable {
        /// No body may follow.
        case none
        /// So many bytes are still to come.
        case known(Int)
        case chunked
        /// The connection's end is the body's.
        case untilClose
    }

    private var framing: Framing

    init(_ framing: Framing) {
        self.framing = framing
    }

    /// Whether no body may follow the head: an answer to HEAD, status 204 or 304, a request without one.
    public var isBodiless: Bool { framing == .none }

    /// What stands around a piece of data has room in so many bytes.
    public static let framingRoom = 32

    /// Whether `finish` would write nothing and find nothing wrong.
    public var endsInSilence: Bool {
        switch framing {
        case .none, .untilClose: true
        case .known(let rest): rest == 0
        case .chunked: false
        }
    }

    /// Whether the connection must be closed after `finish`, for its end is the body's.
    public var endsAtClose: Bool { framing == .untilClose }

    /// Writes what stands before `count` bytes of data; nothing for an empty piece, which would end a chunked body.
    ///
    /// - Throws: `bodyLongerThanDeclared`; nothing is written then, and the connection must be closed.
    public mutating func beginData(_ count: Int, into out: inout ByteWriter) throws(HTTP1Error) {
        guard count > 0 else { return }
        switch framing {
        case .none: throw .bodyLongerThanDeclared
        case .known(let rest):
            guard count <= rest else { throw .bodyLongerThanDeclared }
            framing = .known(rest - count)
        case .chunked:
            out.append(hex: UInt(count))
            out.append("\r\n")
        case .untilClose: break
        }
    }

    /// Writes what stands behind a piece of `count` bytes.
    public func endData(_ count: Int, into out: inout ByteWriter) {
        if count > 0, framing == .chunked { out.append("\r\n") }
    }

    /// Writes a piece of data with its framing, copied: for small ones.
    public mutating func write(_ data: RawSpan, into out: inout ByteWriter) throws(HTTP1Error) {
        try beginData(data.byteCount, into: &out)
        out.append(data)
        endData(data.byteCount, into: &out)
    }

    /// Ends the body. Trailers go only with chunks; those that a trailer may not set are left out.
    ///
    /// - Throws: `bodyShorterThanDeclared`; the connection must be closed then.
    public mutating func finish(
        trailers: borrowing Headers = Headers(), into out: inout ByteWriter
    ) throws(HTTP1Error) {
        switch framing {
        case .known(let rest) where rest > 0: throw .bodyShorterThanDeclared
        case .chunked:
            out.append("0\r\n")
            for index in 0..<trailers.endIndex
            where !trailers.isRemoved(at: index) && trailers.isAllowedInTrailers(at: index) {
                out.append(trailers.line(at: index))
            }
            out.append("\r\n")
        default: break
        }
    }
}
