public import Buffers

/// One message of a call, decoded only when somebody needs another form of it.
public enum Message: Sendable {
    /// Bytes in the format of `coder`, as received.
    case encoded(Bytes, by: any MessageCoder)
    case decoded(Document)
    /// Bytes that nobody here understands: pieces of a body that passes through.
    case opaque(Bytes)

    /// The message as a document; decodes when it is encoded.
    public func document() throws(Failure) -> Document {
        switch self {
        case .encoded(let bytes, let coder): try coder.decode(bytes)
        case .decoded(let document): document
        case .opaque:
            throw Failure(.internal, "message.opaque", "The message has no structure to read.")
        }
    }

    /// Writes the message in the format of `coder`; bytes of the same coder are written as they were received.
    public func write(by coder: any MessageCoder, into out: inout ByteWriter) throws(Failure) {
        switch self {
        case .encoded(let bytes, let source) where source === coder: out.append(bytes)
        case .opaque(let bytes): out.append(bytes)
        case .encoded, .decoded: try coder.encode(document(), into: &out)
        }
    }
}

/// One type in one format, compiled when its contract is loaded.
public protocol MessageCoder: AnyObject, Sendable {
    /// Reads one whole message; throws `invalidArgument` with violations that carry JSON pointers.
    func decode(_ bytes: Bytes) throws(Failure) -> Document
    /// Writes one message.
    func encode(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure)
}
