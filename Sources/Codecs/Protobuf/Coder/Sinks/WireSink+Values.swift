internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// Simple values.
extension WireSink {
    mutating func boolean(_ value: Bool, _ field: FieldPlan, at place: UInt16) {
        scalar(value ? 1 : 0, field)
    }

    @inline(__always)
    mutating func integer(_ bits: UInt64, _ field: FieldPlan, at place: UInt16) {
        switch field.type {
        case .sint32, .sint64: scalar(bits << 1 ^ UInt64(bitPattern: Int64(bitPattern: bits) >> 63), field)
        case .fixed32, .sfixed32: fixed(bits, 4, field)
        case .fixed64, .sfixed64: fixed(bits, 8, field)
        default: scalar(bits, field)
        }
    }

    mutating func floating(_ value: Double, _ field: FieldPlan, at place: UInt16) {
        if field.type == .float {
            fixed(UInt64(Float(value).bitPattern), 4, field)
        } else {
            fixed(value.bitPattern, 8, field)
        }
    }

    mutating func enumeration(_ number: Int32, _ type: EnumPlan, _ field: FieldPlan, at place: UInt16) {
        scalar(UInt64(bitPattern: Int64(number)), field)
    }

    mutating func string(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        if bytes.byteCount == 0, field.omitsDefault { return }
        append(bytes, field)
    }

    /// Copies word by word while it looks for the quote.
    @inline(__always)
    mutating func takeString(_ json: RawSpan, from start: Int, _ field: FieldPlan) -> Int? {
        guard !field.isWrapped, field.tag.length < 8 else { return nil }
        let before = out.count
        // The byte behind the tag is kept for the length.
        out.append(word: field.tag.word, length: field.tag.length &+ 1)
        let content = out.count
        var index = start
        while index &- start < 0x80, index &+ 8 <= json.byteCount {
            let word = json.word(at: index)
            let found = PlainText.specialOrWide(word)
            guard found != 0 else {
                out.append(word: word, length: 8)
                index &+= 8
                continue
            }
            let rest = found.trailingZeroBitCount >> 3
            out.append(word: word, length: rest)
            index &+= rest
            let length = index &- start
            guard json[index] == UInt8(ascii: "\""), length > 0, length < 0x80 else { break }
            out.overwrite(UInt8(truncatingIfNeeded: length), at: content &- 1)
            return index &+ 1
        }
        out.truncate(to: before)
        return nil
    }

    mutating func bytes(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        if bytes.byteCount == 0, field.omitsDefault { return }
        append(bytes, field)
    }

    mutating func illFormed(_ text: TextPlace, _ bytes: RawSpan, _ field: FieldPlan, at place: UInt16) {
        append(bytes, field)
    }

    // MARK: Writing

    /// A varint behind its tag.
    @inline(__always)
    private mutating func scalar(_ value: UInt64, _ field: FieldPlan) {
        if value == 0, field.omitsDefault { return }
        if field.isWrapped {
            wrapped(field, isDefault: value == 0) { sink in
                sink.out.append(0x08)
                sink.append(varint: value)
            }
        } else if value < 0x80, field.itemTag.length < 8 {
            // Most values and tags fit one word.
            let shift = UInt64(truncatingIfNeeded: field.itemTag.length &* 8)
            out.append(word: field.itemTag.word | value << shift, length: field.itemTag.length &+ 1)
        } else {
            out.append(word: field.itemTag.word, length: field.itemTag.length)
            append(varint: value)
        }
    }

    /// A value of `size` bytes behind its tag.
    private mutating func fixed(_ bits: UInt64, _ size: Int, _ field: FieldPlan) {
        if bits == 0, field.omitsDefault { return }
        if field.isWrapped {
            wrapped(field, isDefault: bits == 0) { sink in
                sink.out.append(size == 4 ? 0x0D : 0x09)
                sink.out.append(word: bits, length: size)
            }
        } else {
            out.append(word: field.itemTag.word, length: field.itemTag.length)
            out.append(word: bits, length: size)
        }
    }

    /// Text or bytes behind their tag and length.
    @inline(__always)
    mutating func append(_ bytes: RawSpan, _ field: FieldPlan) {
        if bytes.byteCount < 0x80, field.tag.length < 8, !field.isWrapped {
            let shift = UInt64(truncatingIfNeeded: field.tag.length &* 8)
            out.append(word: field.tag.word | UInt64(bytes.byteCount) << shift, length: field.tag.length &+ 1)
            out.append(short: bytes)
        } else {
            append(unusual: bytes, field)
        }
    }

    @inline(never)
    private mutating func append(unusual bytes: RawSpan, _ field: FieldPlan) {
        if field.isWrapped {
            wrapped(field, isDefault: bytes.byteCount == 0) { $0.append(bytes, tag: 0x0A) }
        } else {
            out.append(word: field.tag.word, length: field.tag.length)
            append(varint: UInt64(bytes.byteCount))
            out.append(bytes)
        }
    }

    mutating func append(_ bytes: RawSpan, tag: UInt8) {
        out.append(tag)
        append(varint: UInt64(bytes.byteCount))
        out.append(bytes)
    }

    /// A wrapper message: its only field has no presence.
    private mutating func wrapped(_ field: FieldPlan, isDefault: Bool, _ write: (inout WireSink) -> Void) {
        let start = open(field)
        if !isDefault { write(&self) }
        close(start, field)
    }
}
