internal import Buffers
internal import Canonical
internal import Compression

/// Decompresses the messages of one direction of a call; costs nothing before the first compressed one.
struct MessageInflation: ~Copyable {
    var encoding = MessageEncoding.identity
    private let limit: Int
    private let origin: FailureOrigin
    private var inflater: Inflater?

    init(limit: Int, origin: FailureOrigin) {
        self.limit = limit
        self.origin = origin
    }

    /// The message in `envelope`.
    ///
    /// - Throws: `internal` "grpc.compression" when it is compressed and should not be, or is not what it should be;
    ///   `resourceExhausted` "message.too_large".
    mutating func open(_ envelope: Envelope) throws(Failure) -> Bytes {
        envelope.isCompressed ? try inflate(envelope.bytes) : envelope.bytes
    }

    /// What `bytes` decompress to.
    mutating func inflate(_ bytes: Bytes) throws(Failure) -> Bytes {
        guard let format = encoding.format else {
            throw failure("A message is compressed, but no encoding was named.")
        }
        let inflater = self.inflater ?? Inflater(format, limits: InflationLimits(bytes: limit))
        self.inflater = inflater
        inflater.reset()
        var out = ByteWriter(capacity: min(max(bytes.count * 4, 64), limit))
        do throws(CompressionError) {
            try inflater.inflate(bytes.span, into: &out)
            try inflater.finish()
        } catch {
            switch error {
            case .tooLarge, .outOfProportion: throw .messageTooLarge(limit: limit, origin: origin)
            case .malformed, .truncated: throw failure("A message cannot be decompressed.")
            }
        }
        return out.finish()
    }

    private func failure(_ message: String) -> Failure {
        Failure(.internal, "grpc.compression", message, origin: origin)
    }
}
