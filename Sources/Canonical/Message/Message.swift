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

    /// Writes the message in the format of `coder`: bytes of the same coder as they were received, those of another in one
    /// pass where it knows the way, else by a document.
    public func write(by coder: any MessageCoder, into out: inout ByteWriter) throws(Failure) {
        switch self {
        case .encoded(let bytes, let source):
            if source === coder { return out.append(bytes) }
            if try source.rewrite(bytes, as: coder, into: &out) { return }
            try coder.encode(source.decode(bytes), into: &out)
        case .decoded(let document): try coder.encode(document, into: &out)
        case .opaque(let bytes): out.append(bytes)
        }
    }
}

/// One type in one format, compiled when its contract is loaded.
public protocol MessageCoder: AnyObject, Sendable {
    /// Reads one whole message; throws `invalidArgument` with violations that carry JSON pointers.
    func decode(_ bytes: Bytes) throws(Failure) -> Document
    /// Writes one message.
    func encode(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure)
    /// Writes `bytes`, a whole message of this coder, in the format of `coder` without a document between.
    ///
    /// - Returns: False where it does not know how; nothing is written then.
    /// - Throws: What reading and writing throw; nothing is written then.
    func rewrite(_ bytes: Bytes, as coder: any MessageCoder, into out: inout ByteWriter) throws(Failure) -> Bool
}

extension MessageCoder {
    public func rewrite(_: Bytes, as _: any MessageCoder, into _: inout ByteWriter) throws(Failure) -> Bool { false }
}
