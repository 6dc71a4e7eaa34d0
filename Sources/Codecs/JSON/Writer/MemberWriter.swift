internal import Buffers
internal import Canonical

/// Writes the members of one typed object, each field once, the items of a repeated one together.
struct MemberWriter {
    let plan: JSONPlan
    let message: MessagePlan
    var isFirst: Bool
    /// The repeated field whose array is open.
    private var openArray = Node.noField
    /// The first field that was neither written nor passed.
    private var next = 0
    private var showsEmptyArrays = true

    init(plan: JSONPlan, message: MessagePlan, isFirst: Bool) {
        self.plan = plan
        self.message = message
        self.isFirst = isFirst
    }

    mutating func writeMembers(
        of index: Int, _ node: Node, _ document: borrowing Document, into out: inout ByteWriter
    ) {
        let isNil = node.flags.contains(.isNil)
        showsEmptyArrays = !message.isMixed && !isNil
        if message.isMixed {
            writeMixed(of: index, document, into: &out)
        } else if isOrdered(index, document) {
            for child in document.children(of: index) { write(child, document, into: &out) }
        } else {
            // Stable: items of one field keep their order.
            let children = Array(document.children(of: index)).sorted { left, right in
                (document.nodes[left].field, left) < (document.nodes[right].field, right)
            }
            for child in children { write(child, document, into: &out) }
        }
        closeArray(into: &out)
        if showsEmptyArrays { writeEmptyArrays(before: message.fields.count, into: &out) }
        if isNil {
            separate(into: &out)
            out.append("\"$nil\":true")
        }
    }

    /// Whether the children stand in the order of the fields already, as most decoders leave them.
    private func isOrdered(_ index: Int, _ document: borrowing Document) -> Bool {
        var last: UInt16 = 0
        for child in document.children(of: index) {
            let field = document.nodes[child].field
            if field < last { return false }
            last = field
        }
        return true
    }

    private mutating func write(_ child: Int, _ document: borrowing Document, into out: inout ByteWriter) {
        let field = document.nodes[child].field
        guard Int(field) < message.fields.count else { return }
        if field == openArray {
            out.append(UInt8(ascii: ","))
        } else {
            closeArray(into: &out)
            if showsEmptyArrays, next < Int(field) { writeEmptyArrays(before: Int(field), into: &out) }
            next = Int(field) &+ 1
            separate(into: &out)
            message.labels.write(Int(field), into: &out)
            if message.fields[Int(field)].isRepeated {
                out.append(UInt8(ascii: "["))
                openArray = field
            }
        }
        plan.write(child, of: document, as: message.fields[Int(field)], into: &out)
    }

    private mutating func closeArray(into out: inout ByteWriter) {
        guard openArray != Node.noField else { return }
        out.append(UInt8(ascii: "]"))
        openArray = Node.noField
    }

    private mutating func writeEmptyArrays(before field: Int, into out: inout ByteWriter) {
        var empty = message.nextEmptyArray[next]
        while empty < field {
            separate(into: &out)
            message.labels.write(empty, into: &out)
            out.append("[]")
            empty = message.nextEmptyArray[empty &+ 1]
        }
        next = field
    }

    /// Attributes as members, then everything else in its order: text as strings, fields as objects of one member.
    private mutating func writeMixed(of index: Int, _ document: borrowing Document, into out: inout ByteWriter) {
        for child in document.children(of: index) where isAttribute(document.nodes[child].field) {
            write(child, document, into: &out)
        }
        closeArray(into: &out)
        var isFirstItem = true
        separate(into: &out)
        out.append("\"$mixed\":[")
        for child in document.children(of: index) where !isAttribute(document.nodes[child].field) {
            if !isFirstItem { out.append(UInt8(ascii: ",")) }
            isFirstItem = false
            let field = document.nodes[child].field
            guard Int(field) < message.fields.count else {
                plan.write(child, of: document, as: plan.untyped, into: &out)
                continue
            }
            out.append(UInt8(ascii: "{"))
            message.labels.write(Int(field), into: &out)
            plan.write(child, of: document, as: message.fields[Int(field)], into: &out)
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "]"))
    }

    private func isAttribute(_ field: UInt16) -> Bool {
        Int(field) < message.fields.count && message.fieldNames[Int(field)].utf8.first == UInt8(ascii: "@")
    }

    private mutating func separate(into out: inout ByteWriter) {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
    }
}
