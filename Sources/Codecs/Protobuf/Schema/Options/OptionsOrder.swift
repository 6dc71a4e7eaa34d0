internal import Buffers

/// The order that protoc writes options in: fields of descriptor.proto by number, then extensions as they were set.
enum OptionsOrder {
    static func ordered(_ options: Bytes, as type: MessageDescriptor, linker: Linker) -> Bytes {
        var known: [Int32: [Range<Int>]] = [:]
        var others: [Range<Int>] = []
        var reader = WireReader(options.span)
        do throws(WireError) {
            var start = 0
            while let tag = try reader.tag() {
                try reader.skip(tag)
                let number = Int32(truncatingIfNeeded: tag.number)
                if type.fields.contains(where: { $0.number == number }) {
                    known[number, default: []].append(start..<reader.index)
                } else {
                    others.append(start..<reader.index)
                }
                start = reader.index
            }
        } catch {
            return options
        }
        var out = ByteWriter()
        for field in type.fields.sorted(by: { $0.number < $1.number }) {
            guard let records = known[field.number], let last = records.last else { continue }
            if !field.isRepeated, field.type == .message, let inner = field.typeFullName.flatMap(linker.message) {
                let whole = DescriptorOptions(options).message(Int(field.number))?.encoded ?? Bytes()
                out.append(field: Int(field.number), content: ordered(whole, as: inner, linker: linker).span)
            } else {
                for record in field.isRepeated ? records : [last] { out.append(options[record]) }
            }
        }
        for record in others { out.append(options[record]) }
        return out.finish()
    }
}
