internal import Buffers

/// The message that stands for the entries of a map field.
enum MapEntry {
    static func field(_ name: String, _ number: Int32, at place: Int) -> FieldDescriptor {
        var field = FieldDescriptor()
        field.name = name
        field.number = number
        field.places.type = Int32(place: place)
        field.places.name = Int32(place: place)
        return field
    }

    static func message(of field: FieldDescriptor, key: FieldDescriptor, value: FieldDescriptor) -> MessageDescriptor {
        var entry = MessageDescriptor()
        entry.name = name(of: field.name)
        entry.places.name = field.places.name
        // Features of the map are those of its keys and values; so is the option that features replaced.
        let inherited = field.options.uninterpreted.filter { $0.name.first?.isExtension == false }
        let features = inherited.filter { $0.name[0].name == "features" }
        let checks = inherited.filter { $0.isNamed("enforce_utf8") }
        entry.fields = [key, value].map { field in
            var field = field
            field.options.uninterpreted = features + (field.type == .string ? checks : [])
            return field
        }
        var options = ByteWriter()
        options.append(field: 7, varint: 1)
        entry.options.encoded = options.finish()
        return entry
    }

    /// `foo_bar` as `FooBarEntry`.
    static func name(of field: String) -> String {
        var result: [UInt8] = []
        var isRaised = true
        for byte in field.utf8 {
            if byte == UInt8(ascii: "_") {
                isRaised = true
            } else {
                let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
                result.append(isRaised && isLower ? byte - 0x20 : byte)
                isRaised = false
            }
        }
        return String(decoding: result, as: UTF8.self) + "Entry"
    }
}
