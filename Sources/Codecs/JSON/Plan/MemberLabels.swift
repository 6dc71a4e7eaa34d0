public import Buffers

/// What stands before the values of an object's members, as a writer of compact JSON has it.
///
/// Written by copying; read by comparing, since what is read was mostly written by such a writer in the same order.
public struct MemberLabels: Sendable {
    /// A label's place in `text`, after its comma, and its first eight bytes, so that most comparisons need one word or two.
    private struct Label: Sendable {
        var start: Int
        var length: Int
        var head: UInt64
        var mask: UInt64
    }

    private let text: [UInt8]
    private let labels: [Label]
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
        return Label(start: start, length: length, head: head, mask: mask)
    }

    /// The length of the label of `field` if it stands in `other` at `place`, else 0.
    public func match(_ field: Int, in other: RawSpan, at place: Int) -> Int {
        guard field < labels.count, place &+ 8 <= other.byteCount else { return 0 }
        let label = labels[field]
        guard (other.word(at: place) ^ label.head) & label.mask == 0 else { return 0 }
        if label.length <= 8 { return label.length }
        return matchesRest(label, in: other, at: place) ? label.length : 0
    }

    private func matchesRest(_ label: Label, in other: RawSpan, at place: Int) -> Bool {
        guard place &+ label.length <= other.byteCount else { return false }
        let rest = text.span.bytes.extracting(label.start..<label.start &+ label.length)
        var index = 8
        while index &+ 8 <= label.length {
            if rest.word(at: index) != other.word(at: place &+ index) { return false }
            index &+= 8
        }
        // The last eight bytes, some of them for the second time.
        return rest.word(at: label.length &- 8) == other.word(at: place &+ label.length &- 8)
    }

    /// `"name":` of `field`, after a comma unless it is the first member.
    public func write(_ field: Int, isFirst: Bool, into out: inout ByteWriter) {
        let label = labels[field]
        let start = isFirst ? label.start : label.start &- 1
        out.append(text.span.bytes.extracting(start..<label.start &+ label.length))
    }

    /// `"@type":"name"`.
    func writeType(into out: inout ByteWriter) {
        out.append(text.span.bytes.extracting(typeLabel))
    }
}
