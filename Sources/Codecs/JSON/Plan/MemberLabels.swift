public import Buffers

/// What stands before the values of an object's members, as a writer of compact JSON has it.
///
/// Written by copying; read by comparing, since what is read was mostly written by such a writer in the same order.
public struct MemberLabels: Sendable {
    /// A label's place in `text`, after its comma, and its first and last eight bytes: most comparisons need no more.
    struct Label: Sendable {
        var start: Int
        var length: Int
        var head: UInt64
        var mask: UInt64
        var tail: UInt64
    }

    let text: [UInt8]
    let labels: [Label]
    private let typeLabel: Range<Int>

    public init(_ names: [String], typeName: String = "") {
        var writer = ByteWriter()
        var labels: [Label] = []
        for name in names {
            writer.append(UInt8(ascii: ","))
            let start = writer.count
            writer.append(json: name)
            writer.append(UInt8(ascii: ":"))
            labels.append(MemberLabels.label(start, writer.written))
        }
        let start = writer.count
        writer.append("\"@type\":")
        writer.append(json: typeName)
        typeLabel = start..<writer.count
        text = writer.finish().array
        self.labels = labels
    }

    private static func label(_ start: Int, _ text: RawSpan) -> Label {
        let length = text.byteCount - start
        var head: UInt64 = 0
        var mask: UInt64 = 0
        for place in 0..<min(length, 8) {
            head |= UInt64(text[start + place]) << UInt64(place * 8)
            mask |= 0xFF << UInt64(place * 8)
        }
        let tail = length < 8 ? 0 : text.word(at: start + length - 8)
        return Label(start: start, length: length, head: head, mask: mask, tail: tail)
    }

    /// `"name":` of `field`, after a comma unless it is the first member.
    ///
    /// Generic, since of functions that are more than a few instructions only generic ones are inlined across modules.
    @inline(__always)
    public func write(_ field: some FixedWidthInteger, isFirst: Bool, into out: inout ByteWriter) {
        let label = labels[Int(truncatingIfNeeded: field)]
        let length = isFirst ? label.length : label.length &+ 1
        guard length <= 16 else { return write(label.start &+ label.length &- length, length, into: &out) }
        let head = isFirst ? label.head : label.head << 8 | UInt64(UInt8(ascii: ","))
        out.append(word: head, length: min(length, 8))
        guard length > 8 else { return }
        // What is left are the upper ones of the last eight.
        out.append(word: label.tail >> UInt64(truncatingIfNeeded: (16 &- length) &* 8), length: length &- 8)
    }

    @inline(never)
    private func write(_ start: Int, _ length: Int, into out: inout ByteWriter) {
        out.append(text.span.bytes.extracting(start..<start &+ length))
    }

    /// `"@type":"name"`.
    func writeType(into out: inout ByteWriter) {
        out.append(text.span.bytes.extracting(typeLabel))
    }
}

extension JSONScanning where Self: ~Copyable, Self: ~Escapable {
    /// Goes past the label of `field` if it is reached just as it is written.
    @inline(__always)
    public mutating func skipLabel(_ field: Int, of labels: borrowing MemberLabels) -> Bool {
        guard field < labels.labels.count, index &+ 8 <= text.byteCount else { return false }
        let label = labels.labels[field]
        guard (text.word(at: index) ^ label.head) & label.mask == 0 else { return false }
        if label.length > 8 {
            let end = index &+ label.length
            guard end <= text.byteCount, text.word(at: end &- 8) == label.tail else { return false }
            if label.length > 16, !labels.isMiddle(of: label, in: text, at: index) { return false }
        }
        index &+= label.length
        return true
    }
}

extension MemberLabels {
    /// Whether what is neither in the head nor in the tail of `label` stands in `other`, where the label begins at `place`.
    func isMiddle(of label: Label, in other: RawSpan, at place: Int) -> Bool {
        let text = text
        let range = 8..<label.length &- 8
        return text.span.bytes.extracting(label.start &+ range.lowerBound..<label.start &+ range.upperBound)
            .equals(other.extracting(place &+ range.lowerBound..<place &+ range.upperBound))
    }
}
