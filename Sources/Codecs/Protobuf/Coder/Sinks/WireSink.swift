internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Writes protobuf, front to back.
///
/// The length of a message stands before it and is known behind it: one byte is kept free, and what is longer than 127
/// bytes moves back. Each level moves its bytes once, at the speed of memory.
struct WireSink: MessageSink, ~Copyable {
    var out: ByteWriter

    init(_ out: consuming ByteWriter) {
        self.out = out
    }

    var mark: Int { out.count }

    static func isSame(_ left: Int, _ right: Int) -> Bool { left == right }

    mutating func rollBack(to mark: Int) {
        out.truncate(to: mark)
    }

    mutating func member(_ field: Int, of message: MessagePlan) {}

    mutating func item() {}

    mutating func unknown(_ text: TextPlace, _ fields: RawSpan) {
        out.append(fields)
    }

    // MARK: Frames

    /// What stands before a message's content; returns where that begins.
    @inline(__always)
    mutating func open(_ field: FieldPlan) -> Int {
        if !field.isWhole {
            out.append(word: field.itemTag.word, length: field.itemTag.length)
            if !field.isGroup { out.append(0) }
        }
        return out.count
    }

    @inline(__always)
    mutating func close(_ start: Int, _ field: FieldPlan) {
        if field.isWhole { return }
        if !field.isGroup { writeLength(at: start) }
        if field.isGroup || field.isSetItem { out.append(word: field.end.word, length: field.end.length) }
    }

    mutating func openLength(_ tag: UInt8) -> Int {
        out.append(word: UInt64(tag), length: 2)
        return out.count
    }

    /// Puts the length of what was written since `start` before it, where a byte was kept for it.
    @inline(__always)
    mutating func writeLength(at start: Int) {
        let length = out.count &- start
        if length < 0x80 {
            out.overwrite(UInt8(truncatingIfNeeded: length), at: start &- 1)
        } else {
            writeLongLength(length, at: start)
        }
    }

    @inline(never)
    private mutating func writeLongLength(_ length: Int, at start: Int) {
        let (word, size) = Varint.word(UInt64(length))
        out.overwrite(UInt8(truncatingIfNeeded: word), at: start &- 1)
        out.insert(word: word >> 8, length: size &- 1, at: start)
    }

    mutating func append(varint value: UInt64) {
        if value < 1 << 56 {
            let (word, size) = Varint.word(value)
            out.append(word: word, length: size)
        } else {
            let (word, size) = Varint.word(value >> 56)
            out.append(word: value.lowSevens | 0x8080_8080_8080_8080, length: 8)
            out.append(word: word, length: size)
        }
    }

    // MARK: Structure

    mutating func openMessage(_ message: MessagePlan, _ field: FieldPlan, at place: UInt16) -> Int { open(field) }

    mutating func closeMessage(_ start: Int, _ message: MessagePlan, _ field: FieldPlan, present: FieldSet) {
        close(start, field)
    }

    mutating func openList(_ field: FieldPlan) -> Int {
        guard field.shape == .packed else { return out.count }
        out.append(word: field.tag.word, length: field.tag.length &+ 1)
        return out.count
    }

    mutating func closeList(_ start: Int, _ field: FieldPlan) {
        guard field.shape == .packed else { return }
        if out.count == start {
            out.truncate(to: start &- 1 &- field.tag.length)
        } else {
            writeLength(at: start)
        }
    }

    mutating func openMap(_ field: FieldPlan, at place: UInt16) -> Int { 0 }

    mutating func closeMap(_ start: Int) {}

    mutating func openEntry(_ field: FieldPlan) -> Int { open(field) }

    mutating func closeEntry(_ start: Int, _ field: FieldPlan) { close(start, field) }

    mutating func key(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan) {
        append(bytes, field)
    }

    mutating func key(integer bits: UInt64, _ field: FieldPlan) {
        integer(bits, field, at: Node.noField)
    }

    mutating func key(boolean value: Bool, _ field: FieldPlan) {
        boolean(value, field, at: Node.noField)
    }
}

/// Base-128 varints in words.
enum Varint {
    /// The bytes of `value`, which is less than 2^56, least significant first, and how many they are.
    @inline(__always)
    static func word(_ value: UInt64) -> (word: UInt64, length: Int) {
        if value < 0x80 { return (value, 1) }
        let length = (70 &- (value | 1).leadingZeroBitCount) / 7
        let more = (UInt64(1) << UInt64(truncatingIfNeeded: (length &- 1) &* 8)) &- 1
        return (value.lowSevens | 0x8080_8080_8080_8080 & more, length)
    }
}

extension UInt64 {
    /// The low 56 bits, seven to a byte.
    @inline(__always)
    fileprivate var lowSevens: UInt64 {
        let low = self & 0x7F | self << 1 & 0x7F00 | self << 2 & 0x7F_0000 | self << 3 & 0x7F00_0000
        let middle = self << 4 & 0x7F_0000_0000 | self << 5 & 0x7F00_0000_0000
        return low | middle | self << 6 & 0x7F_0000_0000_0000 | self << 7 & 0x7F00_0000_0000_0000
    }
}
