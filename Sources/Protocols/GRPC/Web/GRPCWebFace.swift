internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP

/// One operation as gRPC-Web: gRPC whose trailers are the last message of the body, all of it base64 where that is asked.
///
/// Source: gRPC, "gRPC Web".
final class GRPCWebFace: FaceTranslator {
    private let face: GRPCFace
    private let type: RPCContentType
    private let isText: Bool
    private var decoder = Base64Stream()
    private var parts = Outbox<HTTPResponsePart>()
    private var isTrailersOnly = false

    init(method: GRPCMethod, format: PayloadFormat, isText: Bool, context: CallContext) {
        face = GRPCFace(method: method, format: format, context: context)
        type = .grpcWeb(format, isText: isText)
        self.isText = isText
    }

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        guard isText else { return try face.decode(part, into: &parts) }
        switch consume part {
        case .body(let bytes): try face.decode(.body(try decoder.decode(bytes)), into: &parts)
        case .end(let trailers):
            try decoder.finish()
            try face.decode(.end(trailers: trailers), into: &parts)
        case .head(let head): try face.decode(.head(head), into: &parts)
        }
    }

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        try face.encode(part, into: &parts)
        while let part = parts.popFirst() {
            switch consume part {
            case .head(var head):
                isTrailersOnly = head.headers.contains(.grpcStatus)
                head.headers.set(.contentType, type.text.description)
                wire.append(.head(head))
            case .body(let bytes): send(bytes, into: &wire)
            case .end(let trailers):
                if !isTrailersOnly { send(frame(trailers ?? Headers()), into: &wire) }
                wire.append(.end(trailers: nil))
            case .interim: break
            }
        }
    }

    private func send(_ bytes: Bytes, into wire: inout Outbox<HTTPResponsePart>) {
        guard isText else { return wire.append(.body(bytes)) }
        var out = ByteWriter()
        out.append(base64: bytes.span)
        wire.append(.body(out.finish()))
    }

    /// The trailers as a block of HTTP/1 field lines behind a prefix.
    private func frame(_ trailers: borrowing Headers) -> Bytes {
        var block = ByteWriter()
        trailers.write(into: &block)
        var out = ByteWriter(capacity: block.count + Envelope.prefixLength)
        out.append(envelope: Envelope.trailers, length: block.count)
        out.append(block.written)
        return out.finish()
    }
}
