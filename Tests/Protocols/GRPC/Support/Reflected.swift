import Buffers
import ProtobufSchema

@testable import GRPC

/// Answers of a service that is asked by reflection.
enum Reflected {
    /// A `FileDescriptorProto` with services that have no methods.
    static func file(_ name: String, package: String = "", imports: [String] = [], services: [String] = []) -> Bytes {
        var out = ByteWriter()
        out.append(field: 1, string: name)
        if !package.isEmpty { out.append(field: 2, string: package) }
        for name in imports { out.append(field: 3, string: name) }
        for name in services {
            var service = ByteWriter()
            service.append(field: 1, string: name)
            out.append(field: 6, content: service.written)
        }
        return out.finish()
    }

    static func files(_ files: Bytes...) -> Bytes {
        var inner = ByteWriter()
        for file in files { inner.append(field: 1, content: file.span) }
        return answer(4, inner.finish())
    }

    static func services(_ names: String...) -> Bytes {
        var inner = ByteWriter()
        for name in names {
            var service = ByteWriter()
            service.append(field: 1, string: name)
            inner.append(field: 1, content: service.written)
        }
        return answer(6, inner.finish())
    }

    static func refusal(_ code: UInt64, _ text: String) -> Bytes {
        var inner = ByteWriter()
        inner.append(field: 1, varint: code)
        inner.append(field: 2, string: text)
        return answer(7, inner.finish())
    }

    private static func answer(_ number: Int, _ content: Bytes) -> Bytes {
        var out = ByteWriter()
        out.append(field: 1, string: "host")
        out.append(field: number, content: content.span)
        return out.finish()
    }

    /// What a request asks for, as `file a.proto`, `symbol a.A` or `services`.
    static func question(_ request: Bytes) throws -> String {
        let field = try WireField.all(of: request).last
        return switch field?.tag.number {
        case 3: "file \(field?.text ?? "")"
        case 4: "symbol \(field?.text ?? "")"
        case 7: "services"
        default: "nothing"
        }
    }

    /// The names of a descriptor set's files, each with the services that it declares.
    static func names(in set: Bytes) throws -> [String] {
        try FileDescriptor.set(set).map { file in
            ([file.name] + file.services.map(\.name)).joined(separator: " ")
        }
    }
}
