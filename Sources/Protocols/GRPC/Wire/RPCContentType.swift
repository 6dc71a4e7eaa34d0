internal import Buffers

/// Which of the protocols a request speaks, by its `Content-Type`.
enum RPCContentType: Equatable {
    case grpc(PayloadFormat)
    case grpcWeb(PayloadFormat, isText: Bool)
    case connectStream(PayloadFormat)
    case connectUnary(PayloadFormat)

    /// nil for a type of none of them.
    init?(_ value: RawSpan) {
        let end = value.firstIndex(of: UInt8(ascii: ";")) ?? value.byteCount
        let type = value.extracting(0..<end).trimmingOptionalWhitespace()
        let name = type.firstIndex(of: UInt8(ascii: "+")) ?? type.byteCount
        let base = type.extracting(0..<name)
        if name == type.byteCount, let plain = RPCContentType(plain: base) {
            self = plain
            return
        }
        let suffix = type.extracting(name..<type.byteCount)
        let format: PayloadFormat
        if suffix.byteCount == 0 || suffix.equalsIgnoringCase("+proto") {
            format = .protobuf
        } else if suffix.equalsIgnoringCase("+json") {
            format = .json
        } else {
            return nil
        }
        if base.equalsIgnoringCase("application/grpc") {
            self = .grpc(format)
        } else if base.equalsIgnoringCase("application/grpc-web") {
            self = .grpcWeb(format, isText: false)
        } else if base.equalsIgnoringCase("application/grpc-web-text") {
            self = .grpcWeb(format, isText: true)
        } else if base.equalsIgnoringCase("application/connect"), suffix.byteCount > 0 {
            self = .connectStream(format)
        } else {
            return nil
        }
    }

    private init?(plain type: RawSpan) {
        if type.equalsIgnoringCase("application/proto") {
            self = .connectUnary(.protobuf)
        } else if type.equalsIgnoringCase("application/json") {
            self = .connectUnary(.json)
        } else {
            return nil
        }
    }

    /// How an answer says it.
    var text: StaticString {
        switch self {
        case .grpc(.protobuf): "application/grpc"
        case .grpc(.json): "application/grpc+json"
        case .grpcWeb(.protobuf, false): "application/grpc-web+proto"
        case .grpcWeb(.json, false): "application/grpc-web+json"
        case .grpcWeb(.protobuf, true): "application/grpc-web-text+proto"
        case .grpcWeb(.json, true): "application/grpc-web-text+json"
        case .connectStream(.protobuf): "application/connect+proto"
        case .connectStream(.json): "application/connect+json"
        case .connectUnary(.protobuf): "application/proto"
        case .connectUnary(.json): "application/json"
        }
    }
}
