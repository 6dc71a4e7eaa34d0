internal import Buffers
internal import Canonical

/// Writes the members of one typed object, each field once, the items of a repeated one together.
struct MemberWriter {
    private var isFirst: Bool
    /// The repeated field whose array is open.
    private var openArray = Node.noField
    /// The first field that was neither written nor passed.
    private var next = 0
    private var showsEmptyArrays = true

    init(isFirst: Bool) {
        self.isFirst = isFirst
    }

    mutating func writeMembers(
        of index: Int, _ message: MessagePlan, _ encoder: borrowing JSONEncoder, into out: inout ByteWriter
    ) {
        let isNil = encoder.nodes[index].flags.contains(.isNil)
        showsEmptyArrays = !message.isMixed && !isNil
        if message.isMixed {
            writeMixed(of: index, message, encoder, into: &out)
        } else if let first = firstInOrder(index, encoder) {
            write(first..<encoder.index(after: index), message, encoder, into: &out)
            write(index &+ 1..<first, message, encoder, into: &out)
        } else {
            for child in ordered(index, encoder) { write(child, message, encoder, into: &out) }
        }
        closeArray(into: &out)
        if showsEmptyArrays { writeEmptyArrays(before: message.fields.count, message, into: &out) }
        if isNil { out.append(isFirst ? "\"$nil\":true" : ",\"$nil\":true") }
    }

    /// Where to begin so that the children come in the order of the fields: JSON's and protobuf's readers mostly leave them
    /// so, XML's with the attributes, which are the last fields, before the rest. Nil when there is no such place.
    private func firstInOrder(_ index: Int, _ encoder: borrowing JSONEncoder) -> Int? {
        let end = encoder.index(after: index)
        var child = index &+ 1
        var first = child
        var last: UInt16 = 0
        while child < end {
            let node = encoder.nodes[child]
            if node.field < last {
                guard first == index &+ 1 else { return nil }
                first = child
            }
            last = node.field
            child &+= Int(node.extent)
        }
        return first == index &+ 1 || last < encoder.nodes[index &+ 1].field ? first : nil
    }

    private mutating func write(
        _ children: Range<Int>, _ message: MessagePlan, _ encoder: borrowing JSONEncoder, into out: inout ByteWriter
    ) {
        var child = children.lowerBound
        while child < children.upperBound {
            write(child, message, encoder, into: &out)
            child = encoder.index(after: child)
        }
    }

    /// The children by field; those of one field keep their order.
    private func ordered(_ index: Int, _ encoder: borrowing JSONEncoder) -> [Int] {
        let end = encoder.index(after: index)
        var children: [(field: UInt16, index: Int)] = []
        var child = index &+ 1
        while child < end {
            children.append((encoder.nodes[child].field, child))
            child = encoder.index(after: child)
        }
        return children.sorted { $0 < $1 }.map(\.index)
    }

    private mutating func write(
        _ child: Int, _ message: MessagePlan, _ encoder: borrowing JSONEncoder, into out: inout ByteWriter
    ) {
        let number = encoder.nodes[child].field
        let field = Int(number)
        guard field < message.fields.count else { return writeUnknown(child, number, message, encoder, into: &out) }
        begin(field, message, into: &out)
        encoder.write(child, as: message.fields[field], into: &out)
    }

    /// Whether a value of `field` may be written now: fields that were passed are not gone back to.
    func mayBegin(_ field: Int) -> Bool {
        field >= next || field == Int(openArray)
    }

    /// Writes what stands before a value of `field`.
    mutating func begin(_ field: Int, _ message: MessagePlan, into out: inout ByteWriter) {
        if field == Int(openArray) { return out.append(UInt8(ascii: ",")) }
        closeArray(into: &out)
        if showsEmptyArrays, message.nextEmptyArray[next] < field {
            writeEmptyArrays(before: field, message, into: &out)
        }
        next = field &+ 1
        message.labels.write(field, isFirst: isFirst, into: &out)
        isFirst = false
        if message.fields[field].isRepeated {
            out.append(UInt8(ascii: "["))
            openArray = UInt16(truncatingIfNeeded: field)
        }
    }

    /// Writes what stands before an item of an array that stands for the whole object.
    mutating func beginItem(into out: inout ByteWriter) {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    /// Writes what stands behind the last value of an object that is neither mixed nor nil.
    mutating func end(_ message: MessagePlan, into out: inout ByteWriter) {
        closeArray(into: &out)
        writeEmptyArrays(before: message.fields.count, message, into: &out)
    }

    /// What the type has no place for: elements together as `$any`, attributes as `@*`.
    private mutating func writeUnknown(
        _ child: Int, _ number: UInt16, _ message: MessagePlan, _ encoder: borrowing JSONEncoder,
        into out: inout ByteWriter
    ) {
        guard number == Node.unknownElement || number == Node.unknownAttributes else { return }
        if number == openArray {
            out.append(UInt8(ascii: ","))
        } else {
            closeArray(into: &out)
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out.append(number == Node.unknownElement ? "\"$any\":[" : "\"@*\":")
            if number == Node.unknownElement { openArray = number }
        }
        encoder.write(child, as: FieldPlan(.any), into: &out)
    }

    private mutating func closeArray(into out: inout ByteWriter) {
        guard openArray != Node.noField else { return }
        out.append(UInt8(ascii: "]"))
        openArray = Node.noField
    }

    private mutating func writeEmptyArrays(before field: Int, _ message: MessagePlan, into out: inout ByteWriter) {
        var empty = message.nextEmptyArray[next]
        while empty < field {
            message.labels.write(empty, isFirst: isFirst, into: &out)
            isFirst = false
            out.append("[]")
            empty = message.nextEmptyArray[empty &+ 1]
        }
    }

    // MARK: Mixed content

    /// Attributes as members, then everything else in its order: text as strings, fields as objects of one member.
    private mutating func writeMixed(
        of index: Int, _ message: MessagePlan, _ encoder: borrowing JSONEncoder, into out: inout ByteWriter
    ) {
        var items: [Int] = []
        let end = encoder.index(after: index)
        var child = index &+ 1
        while child < end {
            if isAttribute(encoder.nodes[child].field, message) {
                write(child, message, encoder, into: &out)
            } else {
                items.append(child)
            }
            child = encoder.index(after: child)
        }
        closeArray(into: &out)
        out.append(isFirst ? "\"$mixed\":[" : ",\"$mixed\":[")
        isFirst = false
        for (place, item) in items.enumerated() {
            if place > 0 { out.append(UInt8(ascii: ",")) }
            writeMixedItem(item, message, encoder, into: &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    private func writeMixedItem(
        _ item: Int, _ message: MessagePlan, _ encoder: borrowing JSONEncoder, into out: inout ByteWriter
    ) {
        let field = Int(encoder.nodes[item].field)
        guard field < message.fields.count else { return encoder.write(item, as: FieldPlan(.any), into: &out) }
        out.append(UInt8(ascii: "{"))
        message.labels.write(field, isFirst: true, into: &out)
        encoder.write(item, as: message.fields[field], into: &out)
        out.append(UInt8(ascii: "}"))
    }

    private func isAttribute(_ field: UInt16, _ message: MessagePlan) -> Bool {
        Int(field) < message.fields.count && message.fieldNames[Int(field)].utf8.first == UInt8(ascii: "@")
    }
}
