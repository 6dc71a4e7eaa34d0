public import Buffers
public import Canonical

/// Gathers a body that must be whole before it is translated. A body that came in one piece is not copied.
public struct BodyCollector: ~Copyable {
    private let limit: Int
    private let origin: FailureOrigin
    private var only: Bytes?
    private var writer = ByteWriter()

    /// - Parameter limit: Bytes it takes at most.
    /// - Parameter origin: Whose body it is, for the failure.
    public init(limit: Int, origin: FailureOrigin) {
        self.limit = limit
        self.origin = origin
    }

    public var count: Int { only?.count ?? writer.count }

    /// - Throws: `resourceExhausted` "body.too_large" past the limit.
    public mutating func append(_ bytes: Bytes) throws(Failure) {
        guard bytes.count <= limit - count else { throw tooLarge() }
        if bytes.isEmpty { return }
        if only == nil, writer.isEmpty {
            only = bytes
            return
        }
        if let first = only {
            writer.reserve(first.count + bytes.count)
            writer.append(first)
            only = nil
        }
        writer.append(bytes)
    }

    /// Refuses a body at once whose head already says that it is too large.
    public func check(_ announced: Int) throws(Failure) {
        if announced > limit { throw tooLarge() }
    }

    public mutating func finish() -> Bytes {
        if let bytes = only {
            only = nil
            return bytes
        }
        return writer.finish()
    }

    private func tooLarge() -> Failure {
        switch origin {
        case .client, .gateway:
            Failure(
                .resourceExhausted, "body.too_large", "The body is larger than \(limit) bytes.", origin: .client,
                httpStatus: 413)
        case .upstream:
            Failure(
                .resourceExhausted, "upstream.body_too_large", "The service's answer is larger than \(limit) bytes.",
                origin: .upstream, httpStatus: 502)
        }
    }
}
