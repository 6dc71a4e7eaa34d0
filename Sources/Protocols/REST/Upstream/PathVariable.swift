internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// A variable of a path template, filled from a message.
struct PathVariable: Sendable {
    /// `book.name`, as the template has it.
    let name: String
    /// The places of the fields from the message to the value.
    private let fields: [Int]
    /// The value of a message that does not have the field.
    private let absent: Bytes?
    /// The segments of the path that are its value: some text, any, or with `**` any number.
    private let segments: [HTTPTemplate.Segment]

    /// nil when `type` has no such field.
    init?(_ variable: HTTPTemplate.Variable, in template: HTTPTemplate, of type: ValueType, _ schema: Schema) {
        var type = type
        var places: [Int] = []
        var last: Field?
        for name in variable.path {
            guard case .message(let id) = type, let place = schema[id].fields.firstIndex(named: name) else {
                return nil
            }
            places.append(place)
            last = schema[id].fields[place]
            type = schema[id].fields[place].type
        }
        guard let last else { return nil }
        name = variable.name
        fields = places
        // Of a message that is not there, no field is.
        absent = places.count == 1 ? ScalarText.text(ofAbsent: last) : nil
        segments = Array(template.segments[variable.segments])
    }

    /// The place of the value in `message`; nil when it is not there.
    func place(in message: borrowing Document) -> Int? {
        var place = 0
        for field in fields {
            guard let child = message.child(of: place, field: field) else { return nil }
            place = child
        }
        return place
    }

    /// Appends a slash and the segments that the value at `place` is; a value of no segments is nothing.
    ///
    /// - Parameter place: nil for the value of a message that does not have the field.
    /// - Returns: Whether it fits; the path is not to be used else.
    func write(_ place: Int?, of message: borrowing Document, to path: inout [UInt8]) -> Bool {
        guard let text = place.map({ ScalarText.text(of: $0, in: message) }) ?? absent else { return false }
        if segments == [.any] { return append(text.span, to: &path) }
        if text.isEmpty { return segments == [.rest] }
        let parts = Self.parts(of: text.span)
        guard let wanted = segments(for: parts.count) else { return false }
        for (index, (segment, part)) in zip(wanted, parts).enumerated() {
            let piece = text.span.extracting(part)
            if case .literal(let literal) = segment, !piece.equals(Array(literal.utf8)) { return false }
            if segment == .rest, piece.byteCount == 0, index > 0, index + 1 == parts.count {
                path.append(UInt8(ascii: "/"))
            } else if !append(piece, to: &path) {
                return false
            }
        }
        return true
    }

    private static func parts(of text: RawSpan) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        while let slash = text.firstIndex(of: UInt8(ascii: "/"), from: start) {
            parts.append(start..<slash)
            start = slash + 1
        }
        return parts + [start..<text.byteCount]
    }

    /// The segments, with as many in the place of `**` as make up `count`; nil when that is not to be had.
    private func segments(for count: Int) -> [HTTPTemplate.Segment]? {
        guard let open = segments.firstIndex(of: .rest) else { return count == segments.count ? segments : nil }
        let missing = count - (segments.count - 1)
        guard missing >= 0 else { return nil }
        return segments[..<open] + Array(repeating: .rest, count: missing) + segments[(open + 1)...]
    }

    /// One segment. An empty one would be another address, and dots would climb out of this one.
    private func append(_ segment: RawSpan, to path: inout [UInt8]) -> Bool {
        if segment.byteCount == 0 || segment.equals(".") || segment.equals("..") { return false }
        path.append(UInt8(ascii: "/"))
        PercentEncoding.append(segment, to: &path)
        return true
    }
}

extension [Field] {
    /// The place of the field called `name`, by the name that it has in its file or in JSON.
    func firstIndex(named name: String) -> Int? {
        firstIndex { $0.annotations[ProtobufField.self]?.name == name } ?? firstIndex { $0.name == name }
    }
}
