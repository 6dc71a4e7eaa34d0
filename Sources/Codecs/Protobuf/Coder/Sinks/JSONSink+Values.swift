internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufSchema

/// Simple values.
extension JSONSink {
    mutating func boolean(_ value: Bool, _ field: FieldPlan, at place: UInt16) {
        if omits(!value, field) { return }
        out.append(json: value)
    }

    @inline(__always)
    mutating func integer(_ bits: UInt64, _ field: FieldPlan, at place: UInt16) {
        if omits(bits == 0, field) { return }
        let isQuoted = field.isWide && !plan.options.showsWideIntegersAsNumbers
        if isQuoted { out.append(UInt8(ascii: "\"")) }
        append(integer: bits, field)
        if isQuoted { out.append(UInt8(ascii: "\"")) }
    }

    mutating func append(integer bits: UInt64, _ field: FieldPlan) {
        if field.isUnsigned {
            out.append(decimal: UInt(bits))
        } else {
            out.append(decimal: Int(Int64(bitPattern: bits)))
        }
    }

    mutating func floating(_ value: Double, _ field: FieldPlan, at place: UInt16) {
        // Minus zero is not the default.
        if omits(value.bitPattern == 0, field) { return }
        if value.isNaN { return out.append("\"NaN\"") }
        if value.isInfinite { return out.append(value < 0 ? "\"-Infinity\"" : "\"Infinity\"") }
        append(number: value, isDouble: field.type != .float)
    }

    /// The fewest digits that mean the value; whole numbers without a point.
    mutating func append(number value: Double, isDouble: Bool) {
        if value.sign == .minus { out.append(UInt8(ascii: "-")) }
        let value = value.magnitude
        if let short = ShortDecimal(value, isDouble: isDouble) {
            short.write(into: &out)
        } else {
            out.append(isDouble ? value.description : Float(value).description)
        }
    }

    @inline(__always)
    mutating func string(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        if omits(bytes.byteCount == 0, field) { return }
        append(text, bytes)
    }

    mutating func illFormed(
        _ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16
    ) throws(Failure) {
        throw plan.failure("protobuf.no_json", "A string is not valid UTF-8.")
    }

    mutating func append(_ text: TextPlace, _ bytes: RawSpan) {
        guard text.isPlain else { return out.append(json: bytes) }
        out.append(UInt8(ascii: "\""))
        out.append(short: bytes)
        out.append(UInt8(ascii: "\""))
    }

    mutating func bytes(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        if omits(bytes.byteCount == 0, field) { return }
        out.append(UInt8(ascii: "\""))
        out.append(base64: bytes)
        out.append(UInt8(ascii: "\""))
    }

    mutating func enumeration(_ number: Int32, _ type: EnumPlan, _ field: FieldPlan, at place: UInt16) {
        if omits(number == 0, field) { return }
        if type.isNullValue { return out.append("null") }
        if !plan.options.showsEnumsAsNumbers, type.withName(of: number, { out.append(quoted: $0) }) { return }
        out.append(decimal: Int(number))
    }
}
