internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import ProtobufSchema

/// grpc.reflection.v1 and v1alpha: answers every request of a stream by itself.
///
/// Source: gRPC, "GRPC Server Reflection Protocol".
final class ReflectionService: LocalService {
    private let method: GRPCMethod
    private let index: ReflectionIndex

    init(method: GRPCMethod, index: ReflectionIndex) {
        self.method = method
        self.index = index
    }

    func receive(_ part: consuming RequestPart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .head: parts.append(.head(HTTPResponseHead(status: 200)))
        case .message(let message):
            let answer = try self.answer(try WireField.all(of: message, method.request))
            parts.append(.message(method.response.message(answer, as: .protobuf)))
        case .end: parts.append(.end(.success(trailers: nil)))
        }
    }

    private func answer(_ request: [WireField]) throws(Failure) -> Bytes {
        var out = ByteWriter(capacity: 256)
        if let host = request.last(where: { $0.tag.number == 1 }) { out.append(field: 1, content: host.content.span) }
        var original = ByteWriter()
        for field in request where field.tag.type == .lengthDelimited {
            original.append(field: field.tag.number, content: field.content.span)
        }
        out.append(field: 2, content: original.written)
        // Of several members of a oneof the last is meant.
        guard let wanted = request.last(where: { $0.tag.number >= 3 && $0.tag.type == .lengthDelimited }) else {
            throw Failure(
                .invalidArgument, Failure.statusReason, "The request asks for nothing.", origin: .client)
        }
        switch wanted.tag.number {
        case 3: write(index.files(named: wanted.text), into: &out)
        case 4: write(index.files(declaring: wanted.text), into: &out)
        case 5: write(index.files(with: try field(wanted.content)), into: &out)
        case 6: write(index.extensionNumbers(of: wanted.text), of: wanted.content, into: &out)
        default: writeServices(into: &out)
        }
        return out.finish()
    }

    private func field(_ request: Bytes) throws(Failure) -> ReflectionIndex.Extension {
        let fields = (try? WireField.all(of: request)) ?? []
        let type = fields.last { $0.tag == WireTag(1, .lengthDelimited) }?.text ?? ""
        let number = fields.last { $0.tag == WireTag(2, .varint) }?.number ?? 0
        return ReflectionIndex.Extension(type: type, number: Int32(truncatingIfNeeded: number))
    }

    private func write(_ files: [Bytes]?, into out: inout ByteWriter) {
        guard let files else { return writeNotFound(into: &out) }
        var response = ByteWriter()
        for file in files { response.append(field: 1, content: file.span) }
        out.append(field: 4, content: response.written)
    }

    private func write(_ numbers: [Int32]?, of type: Bytes, into out: inout ByteWriter) {
        guard let numbers else { return writeNotFound(into: &out) }
        var response = ByteWriter()
        response.append(field: 1, content: type.span)
        for number in numbers { response.append(field: 2, varint: UInt64(truncatingIfNeeded: number)) }
        out.append(field: 5, content: response.written)
    }

    private func writeServices(into out: inout ByteWriter) {
        var response = ByteWriter()
        for service in index.services {
            var name = ByteWriter()
            name.append(field: 1, string: service)
            response.append(field: 1, content: name.written)
        }
        out.append(field: 6, content: response.written)
    }

    private func writeNotFound(into out: inout ByteWriter) {
        var response = ByteWriter()
        response.append(field: 1, varint: UInt64(FailureCode.notFound.rawValue))
        response.append(field: 2, string: "There is no such file or symbol.")
        out.append(field: 7, content: response.written)
    }
}

struct ReflectionFactory: LocalServiceFactory {
    let method: GRPCMethod
    let index: ReflectionIndex

    func makeService(_ context: CallContext) -> any LocalService {
        ReflectionService(method: method, index: index)
    }
}
