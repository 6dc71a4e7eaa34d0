public import Buffers
public import Canonical

/// JSON as a format has it whose rules are its own, such as proto3 JSON; compiled for one schema.
///
/// The documents are those of the same schema. What it throws is what `JSONCoder` throws.
public protocol JSONDialect: Sendable {
    /// Reads one whole JSON text as a value of `message`.
    func decode(_ bytes: Bytes, as message: MessageID) throws(Failure) -> Document

    /// Writes `document`, a value of `message`.
    func encode(_ document: borrowing Document, as message: MessageID, into out: inout ByteWriter) throws(Failure)

    /// Writes the value of one field of the root object by itself: an array for a repeated field, an object for a map, the
    /// default or null when it is absent.
    func encode(
        member field: Int, of document: borrowing Document, as message: MessageID, into out: inout ByteWriter
    ) throws(Failure)

    /// Writes the JSON text `bytes`, a value of `message`, in the format of `coder` without a document between; false where
    /// it does not know how.
    func rewrite(
        _ bytes: Bytes, of message: MessageID, as coder: any MessageCoder, into out: inout ByteWriter
    ) throws(Failure) -> Bool
}
