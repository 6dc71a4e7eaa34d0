internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// The request side that all enveloped protocols share: messages out of a body, as many as the method takes.
struct RPCRequest: ~Copyable {
    private let method: GRPCMethod
    private let format: PayloadFormat
    private var reader: EnvelopeReader
    private var inflation: MessageInflation
    private var count = 0
    /// Kept back until the request is whole, where there is one only.
    private var only: Message?

    init(_ method: GRPCMethod, _ format: PayloadFormat) {
        self.method = method
        self.format = format
        reader = EnvelopeReader(limit: method.messageBytes, origin: .client)
        inflation = MessageInflation(limit: method.messageBytes, origin: .client)
    }

    var encoding: MessageEncoding { inflation.encoding }

    /// Reads the field of the head at `index`: how messages are compressed.
    ///
    /// - Throws: `unimplemented` "grpc.encoding".
    mutating func readEncoding(at index: Int?, in headers: borrowing Headers) throws(Failure) {
        guard let index else { return }
        guard let encoding = MessageEncoding(headers.value(at: index)) else { throw .unknownEncoding }
        inflation.encoding = encoding
    }

    mutating func receive(_ bytes: Bytes, into parts: inout Outbox<RequestPart>) throws(Failure) {
        reader.append(bytes)
        while let envelope = try reader.next() {
            let message = method.request.message(try inflation.open(envelope), as: format)
            count += 1
            if method.isClientStreaming {
                parts.append(.message(message))
            } else {
                guard count == 1 else { throw wrongCount }
                only = message
            }
        }
    }

    mutating func finish(into parts: inout Outbox<RequestPart>) throws(Failure) {
        try reader.finish()
        if !method.isClientStreaming {
            guard let only else { throw wrongCount }
            parts.append(.message(only))
        }
        parts.append(.end(trailers: nil))
    }

    private var wrongCount: Failure {
        Failure(.unimplemented, "grpc.cardinality", "The method takes one message.", origin: .client)
    }
}

extension Failure {
    static let encodingReason = "grpc.encoding"

    static var unknownEncoding: Failure {
        Failure(
            .unimplemented, encodingReason, "Messages may be compressed with gzip and deflate only.", origin: .client)
    }
}
