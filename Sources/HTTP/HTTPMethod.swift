public import Buffers

/// A request method (RFC 9110 §9), compared byte by byte: methods are case-sensitive.
public enum HTTPMethod: Hashable, Sendable {
    case get, head, post, put, patch, delete, options, trace, connect
    case other([UInt8])

    /// The method called `token`, which the caller has found to be a token.
    public init(_ token: RawSpan) {
        let candidate = Self.candidate(length: token.byteCount, first: token.byteCount > 0 ? token[0] : 0)
        if let candidate, token.equals(candidate.knownText) {
            self = candidate
        } else {
            self = .other(token.withUnsafeBytes { Array($0) })
        }
    }

    public init(_ token: String) {
        self.init(Array(token.utf8).span.bytes)
    }

    public func write(into out: inout ByteWriter) {
        if case .other(let token) = self { out.append(token) } else { out.append(knownText) }
    }

    /// Whether a repeated request has the effect of one (RFC 9110 §9.2.2).
    public var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options, .trace: true
        case .post, .patch, .connect, .other: false
        }
    }

    /// The only known method of that length and first letter.
    private static func candidate(length: Int, first: UInt8) -> HTTPMethod? {
        switch (length, first) {
        case (3, UInt8(ascii: "G")): .get
        case (4, UInt8(ascii: "P")): .post
        case (3, UInt8(ascii: "P")): .put
        case (4, UInt8(ascii: "H")): .head
        case (5, UInt8(ascii: "P")): .patch
        case (6, UInt8(ascii: "D")): .delete
        case (7, UInt8(ascii: "O")): .options
        case (5, UInt8(ascii: "T")): .trace
        case (7, UInt8(ascii: "C")): .connect
        default: nil
        }
    }

    /// The token of a method that has a case of its own; empty for `other`.
    public var knownText: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other: ""
        }
    }
}

extension HTTPMethod: CustomStringConvertible {
    public var description: String {
        if case .other(let token) = self { return String(decoding: token, as: UTF8.self) }
        return knownText.description
    }
}
