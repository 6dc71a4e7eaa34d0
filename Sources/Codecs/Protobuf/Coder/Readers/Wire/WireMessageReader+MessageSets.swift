internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Message sets: proto2 messages of nothing but extensions, each in a group of its own.
extension WireMessageReader where Sink: ~Copyable {
    /// Reads an item of a message set, whose start tag was just read: a number (2) and the message (3), in any order.
    mutating func readSetItem(
        _ cursor: inout WireReader, source: Int, of message: MessagePlan, _ start: Int, _ progress: inout FieldProgress
    ) throws(Failure) -> Bool {
        let item = try SetItem(&cursor, plan.malformed)
        guard let content = item.content, let index = message.field(numbered: item.number) else {
            sink.unknown(place(source, start), cursor.span.extracting(start..<cursor.index))
            return true
        }
        if !progress.seen.insert(index) { return false }
        let offset = source < 0 ? -1 : source &+ content.lowerBound
        sink.member(index, of: message)
        do throws(Failure) {
            try readMessage(
                whole: cursor.span.extracting(content), source: offset, message.fields[index],
                at: UInt16(truncatingIfNeeded: index))
        } catch {
            throw error.within(message.fieldNames[index])
        }
        return true
    }
}

/// An item of a message set.
struct SetItem {
    private(set) var number = 0
    /// Where the message stands; the last one when there are several.
    private(set) var content: Range<Int>?

    /// Reads up to the end of the group whose start tag was just read.
    init(_ cursor: inout WireReader, _ failure: (WireError) -> Failure) throws(Failure) {
        do throws(WireError) {
            while true {
                guard let tag = try cursor.tag() else { throw .unbalancedGroup }
                switch (tag.number, tag.type) {
                case (1, .endGroup): return
                case (2, .varint): number = Int(truncatingIfNeeded: UInt32(truncatingIfNeeded: try cursor.varint()))
                case (3, .lengthDelimited): content = try cursor.content()
                default: try cursor.skip(tag)
                }
            }
        } catch {
            throw failure(error)
        }
    }
}
