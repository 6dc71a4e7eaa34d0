internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Simple values, from whatever kind of node a format left.
extension TapeMessageReader where Sink: ~Copyable {
    mutating func readScalar(_ node: Node, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch field.type {
        case .string: try readText(node, field, at: place)
        case .bytes: try readBytes(node, field, at: place)
        case .bool: try readBoolean(node, field, at: place)
        case .float, .double: try readFloating(node, field, at: place)
        case .enumeration: try readEnumeration(node, field, at: place)
        default: sink.integer(try integer(node, field), field, at: place)
        }
    }

    private mutating func readText(_ node: Node, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch node.kind {
        // A number is text where its digits count, as decimals of other formats do.
        case .string, .number:
            let isPlain = node.flags.contains(.isPlain)
            sink.string(TextPlace(source: -1, isPlain: isPlain), text(of: node), field, at: place)
        case .bytes where !field.checksUTF8 && node.flags.isDisjoint(with: [.isBase64, .isHexadecimal]):
            try sink.illFormed(.elsewhere, text(of: node), field, at: place)
        case .true, .false:
            let word = Array((node.kind == .true ? "true" : "false").utf8)
            sink.string(TextPlace(source: -1, isPlain: true), word.span.bytes, field, at: place)
        default: throw unexpected("text")
        }
    }

    private mutating func readBytes(_ node: Node, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard node.kind == .bytes || node.kind == .string else { throw unexpected("bytes") }
        let text = text(of: node)
        if node.kind == .bytes, node.flags.isDisjoint(with: [.isBase64, .isHexadecimal]) {
            return sink.bytes(.elsewhere, text, field, at: place)
        }
        if node.flags.contains(.isHexadecimal) {
            var raw = ByteWriter(capacity: text.byteCount / 2)
            raw.append(decodingHexadecimal: text)
            return sink.bytes(.elsewhere, raw.written, field, at: place)
        }
        var raw: [UInt8] = []
        guard Base64.decode(text, into: &raw) else { throw unexpected("base64") }
        sink.bytes(.elsewhere, raw.span.bytes, field, at: place)
    }

    private mutating func readBoolean(_ node: Node, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        switch node.kind {
        case .true: sink.boolean(true, field, at: place)
        case .false: sink.boolean(false, field, at: place)
        default: throw unexpected("true or false")
        }
    }

    private func integer(_ node: Node, _ field: FieldPlan) throws(Failure) -> UInt64 {
        let bits: UInt64?
        switch node.kind {
        case .number, .string: bits = NumberText.integer(text(of: node), field)
        case .signed:
            let value = Int64(bitPattern: node.payload)
            bits = field.holds(value) ? node.payload : nil
        case .unsigned:
            // All 64 bits are an integer of an unsigned 64-bit type, and of no other when the upper one is set.
            let fits = Int64(exactly: node.payload).map(field.holds) ?? (field.isUnsigned && field.isWide)
            bits = fits ? node.payload : nil
        case .double: bits = NumberText.integer(Double(bitPattern: node.payload), field)
        default: bits = nil
        }
        guard let bits else { throw unexpected("an integer that \(field.type) can hold") }
        return bits
    }

    private mutating func readFloating(_ node: Node, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        guard let value = double(node, isDouble: field.type == .double) else { throw unexpected("a number") }
        sink.floating(value, field, at: place)
    }

    /// The value of a node that is a number, or nil.
    func double(_ node: Node, isDouble: Bool) -> Double? {
        switch node.kind {
        case .number: return NumberText.floating(text(of: node), isDouble: isDouble)
        case .string:
            let text = text(of: node)
            return NumberText.special(text) ?? NumberText.floating(text, isDouble: isDouble)
        case .signed: return Double(Int64(bitPattern: node.payload))
        case .unsigned: return Double(node.payload)
        case .double:
            let value = Double(bitPattern: node.payload)
            guard !isDouble, value.isFinite else { return value }
            let float = Float(value)
            return float.isFinite ? Double(float) : nil
        default: return nil
        }
    }

    private mutating func readEnumeration(_ node: Node, _ field: FieldPlan, at place: UInt16) throws(Failure) {
        let type = plan.enums[field.index]
        switch node.kind {
        case .string:
            guard let number = type.number(named: text(of: node)) else { throw unexpected("the name of a value") }
            sink.enumeration(number, type, field, at: place)
        case .null where type.isNullValue: sink.enumeration(0, type, field, at: place)
        case .signed, .unsigned, .number, .double:
            let number = Int32(truncatingIfNeeded: try integer(node, field))
            guard !type.isClosed || type.isKnown(number) else { throw unexpected("the number of a value") }
            sink.enumeration(number, type, field, at: place)
        default: throw unexpected("the name or number of a value")
        }
    }
}

extension NumberText {
    /// The bits of a double that is an integer within `field`'s range.
    static func integer(_ value: Double, _ field: FieldPlan) -> UInt64? {
        if let integer = Int64(exactly: value) {
            return field.holds(integer) ? UInt64(bitPattern: integer) : nil
        }
        guard field.isUnsigned, field.isWide else { return nil }
        return UInt64(exactly: value)
    }
}
