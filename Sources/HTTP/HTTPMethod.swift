public import Buffers

/// A request method (RFC 9110 §9), compared byte by byte: methods are case-sensitive.
public enum HTTPMethod: Hashable, Sendable {
    case get, head, post, put, patch, delete, options, trace, connect
    case other([UInt8])

    private static let known: [HTTPMethod] = [.get, .post, .put, .head, .patch, .delete, .options, .trace, .connect]

    /// The method called `token`, which the caller has found to be a token.
    public init(_ token: RawSpan) {
        for method in Self.known where token.equals(method.knownText) {
            self = method
            return
        }
        self = .other(token.withUnsafeBytes { Array($0) })
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

    private var knownText: StaticString {
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
