internal import Buffers

/// Writes a message in text format as bytes, fields by number.
///
/// Source: protobuf.dev, "Text Format Language Specification".
struct TextMessageEncoder {
    let message: MessageDescriptor
    let interpreter: OptionInterpreter
    /// Of the message.
    let place: Range<Int>

    private struct Values {
        var field: FieldDescriptor
        var values: [OptionValue]
    }

    func encode(_ content: [TextField], _ linker: inout Linker) throws(ProtoError) -> Bytes {
        if let any = try encodeAny(content, &linker) { return any }
        var found: [Int32: Values] = [:]
        for item in content {
            let field = try field(item, &linker)
            if item.isList, !field.isRepeated {
                throw wrong("'\(field.name)' is not repeated; it takes one value without brackets.", item.place)
            }
            if !field.isRepeated, found[field.number] != nil {
                throw wrong("'\(field.name)' is set twice.", item.place)
            }
            found[field.number, default: Values(field: field, values: [])].values += item.values
        }
        try checkOneofs(found)
        var out = ByteWriter()
        for number in found.keys.sorted() {
            if let values = found[number] { try write(values, into: &out, &linker) }
        }
        for field in message.fields {
            if message.isMapEntry, found[field.number] == nil {
                writeDefault(field, into: &out)
            } else if field.presence == .required, found[field.number] == nil {
                throw wrong("The required field '\(field.name)' is missing.", place)
            }
        }
        return out.finish()
    }

    private func wrong(_ message: String, _ place: Range<Int>) -> ProtoError {
        ProtoError(message, at: place, rule: "proto.option")
    }

    // MARK: Fields

    private func field(_ item: TextField, _ linker: inout Linker) throws(ProtoError) -> FieldDescriptor {
        switch item.name {
        case .field(let name):
            let field = message.fields.first { field in
                // Groups go by the name of their type.
                let type = field.isDelimited ? field.typeName?.split(separator: ".").last.map(String.init) : nil
                return field.name == name || type == name && field.name == name.lowercased()
            }
            if let field { return field }
            let advice = Likeness.advice(name, among: message.fields.map(\.name))
            throw wrong("'\(name)' is no field of '\(message.fullName)'\(advice)", item.place)
        case .extension(let name):
            let field = try interpreter.extension(name, at: message.fullName, item.place, &linker)
            guard field.extendeeFullName == message.fullName else {
                throw wrong("'\(field.fullName)' does not extend '\(message.fullName)'.", item.place)
            }
            return field
        case .any(let host, let type):
            throw wrong("'\(host)/\(type)' stands alone, in a google.protobuf.Any.", item.place)
        }
    }

    private func checkOneofs(_ found: [Int32: Values]) throws(ProtoError) {
        var names: [Int32: String] = [:]
        for field in message.fields where found[field.number] != nil {
            guard let oneof = field.oneofIndex else { continue }
            if let other = names.updateValue(field.name, forKey: oneof) {
                throw wrong("'\(other)' and '\(field.name)' are members of one oneof; set one.", place)
            }
        }
    }

    // MARK: Values

    private func write(_ values: Values, into out: inout ByteWriter, _ linker: inout Linker) throws(ProtoError) {
        let field = values.field
        guard field.type?.isMessage != true else {
            for value in values.values { try write(message: value, field, into: &out, &linker) }
            return
        }
        let encoder = ScalarEncoder(field: field, linker: linker, isText: true)
        guard field.isPacked else {
            for value in values.values {
                var record = ByteWriter()
                try encoder.write(value, into: &record)
                if field.presence == .implicit, !message.isMapEntry, isZero(record.written) { continue }
                out.append(record.written)
            }
            return
        }
        var packed = ByteWriter()
        for value in values.values { try encoder.writeValue(value, into: &packed) }
        if !packed.isEmpty { out.append(field: Int(field.number), content: packed.written) }
    }

    /// Whether the field is its default, which is not written where there is no presence: nothing but zero behind the tag.
    private func isZero(_ record: RawSpan) -> Bool {
        var reader = WireReader(record)
        guard let tag = try? reader.tag(), tag.number > 0 else { return false }
        return (reader.index..<record.byteCount).allSatisfy { record[$0] == 0 }
    }

    private func write(
        message value: OptionValue, _ field: FieldDescriptor, into out: inout ByteWriter, _ linker: inout Linker
    ) throws(ProtoError) {
        guard case .message(let content) = value.content else {
            throw wrong("'\(field.name)' is a message; its value stands in braces.", value.place)
        }
        let bytes = try interpreter.encoder(of: field, value.place, linker).encode(content, &linker)
        guard message.isMessageSet, field.isExtension else { return out.append(message: bytes, as: field) }
        // An item of a message set: a group of type and content.
        out.append(tag: 1, .startGroup)
        out.append(field: 2, varint: UInt64(truncatingIfNeeded: field.number))
        out.append(field: 3, content: bytes.span)
        out.append(tag: 1, .endGroup)
    }

    /// Entries of maps have both of their fields, whatever was said.
    private func writeDefault(_ field: FieldDescriptor, into out: inout ByteWriter) {
        out.append(tag: Int(field.number), field.type?.wireType ?? .varint)
        switch field.type?.wireType {
        case .fixed32: out.append(fixed32: 0)
        case .fixed64: out.append(fixed64: 0)
        default: out.append(varint: 0)
        }
    }

    /// `[host/type] {…}` as the content of an `Any`; nil where nothing of the kind is said.
    private func encodeAny(_ content: [TextField], _ linker: inout Linker) throws(ProtoError) -> Bytes? {
        guard message.fullName == WellKnownType.any.rawValue, content.count == 1,
            case .any(let host, let name) = content[0].name, let value = content[0].values.first
        else { return nil }
        guard let type = linker.message(name), case .message(let fields) = value.content else {
            throw wrong("'\(name)' is no message that is known.", content[0].place)
        }
        let inner = TextMessageEncoder(message: type, interpreter: interpreter, place: value.place)
        let bytes = try inner.encode(fields, &linker)
        var out = ByteWriter()
        out.append(field: 1, string: "\(host)/\(name)")
        if !bytes.isEmpty { out.append(field: 2, content: bytes.span) }
        return out.finish()
    }
}
