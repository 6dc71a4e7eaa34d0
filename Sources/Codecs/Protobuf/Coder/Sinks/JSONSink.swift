internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// Writes proto3 JSON, compact, front to back.
///
/// Source: protobuf.dev, "ProtoJSON Format".
struct JSONSink: MessageSink, ~Copyable {
    struct Mark {
        var count: Int
        var needsComma: Bool
    }

    var out: ByteWriter
    /// Something stands before the next member or item.
    var needsComma = false
    /// Where the name of the member begins whose value comes next: a default value takes it back.
    private var memberStart = Mark(count: 0, needsComma: false)
    let plan: ProtobufPlan

    init(_ out: consuming ByteWriter, plan: ProtobufPlan) {
        self.out = out
        self.plan = plan
    }

    var mark: Mark { Mark(count: out.count, needsComma: needsComma) }

    static func isSame(_ left: Mark, _ right: Mark) -> Bool { left.count == right.count }

    mutating func rollBack(to mark: Mark) {
        out.truncate(to: mark.count)
        needsComma = mark.needsComma
    }

    @inline(__always)
    mutating func member(_ field: Int, of message: MessagePlan) {
        memberStart = mark
        message.labels.write(field, isFirst: !needsComma, into: &out)
        needsComma = true
    }

    /// Takes back the name of the member, and what was written of its value.
    mutating func unwriteMember() {
        rollBack(to: memberStart)
    }

    /// The value that follows has no name.
    mutating func unnamed() {
        memberStart = mark
    }

    mutating func item() {
        if needsComma { out.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    /// Whether the value that comes is not written; then its name is not either.
    @inline(__always)
    mutating func omits(_ isDefault: Bool, _ field: FieldPlan) -> Bool {
        guard isDefault, field.omitsDefault, !plan.options.printsDefaults else { return false }
        unwriteMember()
        return true
    }

    mutating func unknown(_ text: TextPlace, _ fields: RawSpan) {}

    // MARK: Structure

    @inline(__always)
    mutating func openMessage(_ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> Int {
        open(UInt8(ascii: "{"))
    }

    @inline(__always)
    mutating func closeMessage(_ start: Int, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet) {
        if plan.options.printsDefaults { writeDefaults(of: message, but: present) }
        close(UInt8(ascii: "}"))
    }

    mutating func openList(_ field: FieldPlan) -> Int { openMember(UInt8(ascii: "[")) }

    mutating func closeList(_ start: Int, _ field: FieldPlan) {
        closeMember(start, UInt8(ascii: "]"))
    }

    mutating func openMap(_ field: FieldPlan, at place: UInt16) -> Int { openMember(UInt8(ascii: "{")) }

    mutating func closeMap(_ start: Int) {
        closeMember(start, UInt8(ascii: "}"))
    }

    mutating func openEntry(_ field: FieldPlan) -> Int { 0 }

    mutating func closeEntry(_ start: Int, _ field: FieldPlan) {}

    mutating func open(_ bracket: UInt8) -> Int {
        out.append(bracket)
        needsComma = false
        return out.count
    }

    mutating func close(_ bracket: UInt8) {
        out.append(bracket)
        needsComma = true
    }

    /// Opens a list or map, which is not shown when nothing is in it; returns where its name begins.
    private mutating func openMember(_ bracket: UInt8) -> Int {
        let start = memberStart.count
        _ = open(bracket)
        return start
    }

    private mutating func closeMember(_ start: Int, _ bracket: UInt8) {
        // Whether anything was written before: only the first member of an object has no comma before its name.
        guard !needsComma, !plan.options.printsDefaults else { return close(bracket) }
        needsComma = out.written[start] == UInt8(ascii: ",")
        out.truncate(to: start)
    }

    // MARK: Keys

    mutating func key(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan) {
        item()
        append(text, bytes)
        out.append(UInt8(ascii: ":"))
    }

    mutating func key(integer bits: UInt64, _ field: FieldPlan) {
        item()
        out.append(UInt8(ascii: "\""))
        append(integer: bits, field)
        out.append("\":")
    }

    mutating func key(boolean value: Bool, _ field: FieldPlan) {
        item()
        out.append(value ? "\"true\":" : "\"false\":")
    }

    // MARK: Defaults

    private mutating func writeDefaults(of message: MessagePlan, but present: FieldSet) {
        for (index, field) in message.fields.enumerated() where !present.contains(index) {
            guard field.shape != .single || field.omitsDefault else { continue }
            member(index, of: message)
            writeDefault(field)
        }
    }

    /// What a field without a value means: null where it has presence.
    mutating func writeDefault(_ field: FieldPlan) {
        switch field.shape {
        case .list, .packed: return out.append("[]")
        case .map: return out.append("{}")
        case .single: guard field.omitsDefault else { return writeNull() }
        }
        var field = field
        field.omitsDefault = false
        switch field.type {
        case .bool: boolean(false, field, at: Node.noField)
        case .float, .double: floating(0, field, at: Node.noField)
        case .string, .bytes: out.append("\"\"")
        case .enumeration: enumeration(0, plan.enums[field.index], field, at: Node.noField)
        default: integer(0, field, at: Node.noField)
        }
    }

    mutating func writeNull() {
        out.append("null")
    }
}
