internal import Buffers
internal import ProtobufSchema

/// A `conformance.ConformanceResponse`.
enum Response {
    case parseError(String)
    case serializeError(String)
    case runtimeError(String)
    case protobuf(Bytes)
    case json(Bytes)
    case skipped(String)

    var bytes: Bytes {
        var out = ByteWriter()
        switch self {
        case .parseError(let text): out.append(field: 1, string: text)
        case .runtimeError(let text): out.append(field: 2, string: text)
        case .protobuf(let bytes): out.append(field: 3, content: bytes.span)
        case .json(let bytes): out.append(field: 4, content: bytes.span)
        case .skipped(let text): out.append(field: 5, string: text)
        case .serializeError(let text): out.append(field: 6, string: text)
        }
        return out.finish()
    }
}
