internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Reads protobuf, front to back, and pushes what it finds into a sink.
///
/// A sink is to get each field once and its items together. Writers do it so; where one did not (a field twice, an item
/// apart from the others, two values of a oneof, a key twice), the fields of that message are brought together first, by
/// the rules of protobuf, and the message is read anew.
///
/// Source: protobuf.dev, "Encoding".
struct WireMessageReader<Sink: MessageSink & ~Copyable>: ~Copyable {
    let plan: ProtobufPlan
    var sink: Sink
    var depth = 0
    var keys = KeyLog()
    /// How many bytes may still be copied to bring fields together: a message may be scattered on every level.
    var mergeBudget = 0

    init(plan: ProtobufPlan, sink: consuming Sink) {
        self.plan = plan
        self.sink = sink
    }

    consuming func finish() -> Sink { sink }

    mutating func readRoot(_ bytes: RawSpan, _ root: FieldPlan) throws(Failure) {
        guard bytes.byteCount <= Int(UInt32.max) else { throw plan.tooLarge }
        mergeBudget = bytes.byteCount &* 16
        var cursor = WireReader(bytes)
        try readValue(&cursor, source: 0, root, at: Node.noField)
    }

    mutating func enter() throws(Failure) {
        depth &+= 1
        guard depth <= plan.options.maximumDepth else {
            throw plan.failure("protobuf.depth", "The messages nest deeper than \(plan.options.maximumDepth) levels.")
        }
    }

    mutating func leave() {
        depth &-= 1
    }

    // MARK: Tokens

    @inline(__always)
    func varint(_ cursor: inout WireReader) throws(Failure) -> UInt64 {
        do { return try cursor.quickVarint() } catch { throw plan.malformed(error) }
    }

    func tag(_ cursor: inout WireReader) throws(Failure) -> WireTag? {
        do { return try cursor.tag() } catch { throw plan.malformed(error) }
    }

    func skip(_ tag: WireTag, _ cursor: inout WireReader) throws(Failure) {
        do { try cursor.skip(tag) } catch { throw plan.malformed(error) }
    }

    /// The place of a length-delimited value.
    @inline(__always)
    func content(_ cursor: inout WireReader) throws(Failure) -> Range<Int> {
        let length = try varint(&cursor)
        guard length <= UInt64(cursor.span.byteCount &- cursor.index) else { throw plan.malformed(.truncated) }
        let start = cursor.index
        cursor.index &+= Int(truncatingIfNeeded: length)
        return start..<cursor.index
    }

    /// The place of the content of a message, however it is framed.
    func content(_ cursor: inout WireReader, _ field: FieldPlan) throws(Failure) -> Range<Int> {
        if field.isWhole {
            let start = cursor.index
            cursor.index = cursor.span.byteCount
            return start..<cursor.index
        }
        guard field.isGroup else { return try content(&cursor) }
        do { return try cursor.group(field.number) } catch { throw plan.malformed(error) }
    }
}
