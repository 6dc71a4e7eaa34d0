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
        // Every label may be read in whole words.
        writer.append(word: 0 as UInt64, length: 8)
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
    public func write(_ field: Int, isFirst: Bool, into out: inout ByteWriter) {
        let label = labels[field]
        var place = isFirst ? label.start : label.start &- 1
        var rest = label.start &+ label.length &- place
        let bytes = text.span.bytes
        while rest > 8 {
            out.append(word: bytes.word(at: place), length: 8)
            place &+= 8
            rest &-= 8
        }
        out.append(word: bytes.word(at: place), length: rest)
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
