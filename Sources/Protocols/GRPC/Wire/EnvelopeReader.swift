internal import Buffers
internal import Canonical

/// Reads enveloped messages from a body. A message that lies in one piece of it is not copied.
struct EnvelopeReader: ~Copyable {
    private let limit: Int
    private let flags: UInt8
    private let origin: FailureOrigin
    private var rest = Bytes()
    private var prefix: UInt64 = 0
    private var prefixCount = 0
    /// What there is of a message whose prefix has been read.
    private var message = ByteWriter()

    /// - Parameters:
    ///   - limit: Bytes of a message; decided on its prefix.
    ///   - flags: Those that a message may have.
    init(limit: Int, flags: UInt8 = Envelope.compressed, origin: FailureOrigin) {
        self.limit = limit
        self.flags = flags
        self.origin = origin
    }

    /// Adds a piece of the body; all messages of the one before have been taken.
    mutating func append(_ bytes: Bytes) {
        precondition(rest.isEmpty)
        rest = bytes
    }

    /// The next message without its prefix, nil until it is whole.
    ///
    /// - Throws: `resourceExhausted` "message.too_large"; `internal` "grpc.flags".
    mutating func next() throws(Failure) -> Envelope? {
        while prefixCount < Envelope.prefixLength {
            guard !rest.isEmpty else { return nil }
            prefix = prefix << 8 | UInt64(rest[0])
            prefixCount += 1
            rest.removeFirst(1)
            if prefixCount == Envelope.prefixLength { try checkPrefix() }
        }
        let length = Int(prefix & 0xFFFF_FFFF)
        if message.isEmpty, rest.count >= length { return take(rest.removePrefix(length)) }
        // Room is made for what has come, not for what the prefix promises.
        message.append(rest.removePrefix(min(length - message.count, rest.count)))
        return message.count == length ? take(message.finish()) : nil
    }

    /// The body is over.
    ///
    /// - Throws: `internal` "grpc.truncated" when that is inside a message.
    func finish() throws(Failure) {
        guard prefixCount == 0, rest.isEmpty else {
            throw Failure(.internal, "grpc.truncated", "The body ends inside a message.", origin: origin)
        }
    }

    private mutating func take(_ bytes: Bytes) -> Envelope {
        let flags = UInt8(truncatingIfNeeded: prefix >> 32)
        prefix = 0
        prefixCount = 0
        return Envelope(flags: flags, bytes: bytes)
    }

    private func checkPrefix() throws(Failure) {
        guard UInt8(truncatingIfNeeded: prefix >> 32) & ~flags == 0 else {
            throw Failure(.internal, "grpc.flags", "A message has flags that mean nothing.", origin: origin)
        }
        guard prefix & 0xFFFF_FFFF <= UInt64(limit) else { throw .messageTooLarge(limit: limit, origin: origin) }
    }
}

extension Failure {
    static func messageTooLarge(limit: Int, origin: FailureOrigin) -> Failure {
        Failure(
            .resourceExhausted, "message.too_large", "A message is larger than \(limit) bytes.", origin: origin)
    }
}
