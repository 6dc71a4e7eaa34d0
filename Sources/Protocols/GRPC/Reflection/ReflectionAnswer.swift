internal import Buffers
internal import ProtobufSchema

/// What a service is asked (`ServerReflectionRequest`). Both versions have the same messages.
enum ReflectionQuestion: Equatable {
    case services
    /// The file that declares a service.
    case symbol(String)
    /// A file that another imports.
    case file(name: String, importedBy: String)

    var bytes: Bytes {
        var out = ByteWriter(capacity: 64)
        switch self {
        case .file(let name, _): out.append(field: 3, string: name)
        case .symbol(let name): out.append(field: 4, string: name)
        case .services: out.append(field: 7, string: "*")
        }
        return out.finish()
    }

    /// To follow "asked for ".
    var description: String {
        switch self {
        case .services: "its services"
        case .symbol(let name): ReflectionError.shown(name)
        case .file(let name, _): "the file \"\(ReflectionError.shown(name))\""
        }
    }
}

/// What it answers (`ServerReflectionResponse`).
enum ReflectionAnswer {
    /// `FileDescriptorProto`s.
    case files([Bytes])
    case services([String])
    /// A code of gRPC, and why.
    case refusal(UInt64, String)

    /// - Returns: nil for an answer to a question that was not asked.
    init?(_ bytes: Bytes) throws(WireError) {
        // Of several members of a oneof the last is meant.
        let members = try WireField.all(of: bytes).filter { (4...7).contains($0.tag.number) }
        guard let answer = members.last else { return nil }
        let fields = try WireField.all(of: answer.content)
        let contents = fields.filter { $0.tag == WireTag(1, .lengthDelimited) }.map(\.content)
        switch answer.tag.number {
        case 4: self = .files(contents)
        case 6:
            var names: [String] = []
            for content in contents {
                names.append(try WireField.all(of: content).last { $0.tag == WireTag(1, .lengthDelimited) }?.text ?? "")
            }
            self = .services(names)
        case 7:
            self = .refusal(
                fields.last { $0.tag == WireTag(1, .varint) }?.number ?? 0,
                fields.last { $0.tag == WireTag(2, .lengthDelimited) }?.text ?? "")
        default: return nil
        }
    }
}
