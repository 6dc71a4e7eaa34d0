import Buffers
import Canonical
import HTTP

@testable import Engine
@testable import GRPC

/// A client's bytes through a face and a gRPC upstream of one method, as a gateway has them, to a service that is a face
/// again; and back.
final class Joined {
    typealias Service = (HTTPRequestHead, [String]) -> [ResponsePart]

    let method: GRPCMethod
    let client: FaceCall
    private let service: FaceCall
    private let upstream: any HTTPUpstream

    init(_ name: String) throws {
        method = try Echo.method(name)
        client = FaceCall(method)
        service = FaceCall(method)
        upstream = GRPCUpstreamFactory(method).makeUpstream(client.context)
    }

    /// What the service saw: the fields of the head.
    var fields: [String] { service.head?.headers.lines ?? [] }
    var timeout: Duration? { service.context.timeout }

    func run(
        _ type: String, _ fields: [(String, String)] = [], _ body: [Bytes], _ answer: Service
    ) throws -> FaceCall.Answer {
        let isWhole = client.receive(type, fields, body).isWhole
        guard isWhole, let head = client.head else { return client.answer }
        var wire = Outbox<HTTPRequestPart>()
        var parts = [RequestPart.head(head)] + client.messages.map { .message($0) }
        parts.append(.end(trailers: nil))
        do throws(Failure) {
            for part in parts { try upstream.encode(part, into: &wire) }
        } catch {
            return client.send([.end(.failure(error))]).answer
        }
        var received: [HTTPRequestPart] = []
        while let part = wire.popFirst() { received.append(part) }
        service.receive(received)
        guard let served = service.head else { return client.answer }
        service.send(answer(served, service.texts))
        return back()
    }

    /// The service's answer, byte by byte.
    private func back() -> FaceCall.Answer {
        var outbox = Outbox<ResponsePart>()
        var wire: [HTTPResponsePart] = service.answer.head.map { [.head($0)] } ?? []
        let body = service.answer.body
        let step = max(body.count / 50, 1)
        for start in stride(from: 0, to: body.count, by: step) {
            wire.append(.body(body[start..<min(start + step, body.count)]))
        }
        wire.append(.end(trailers: service.answer.trailers))
        do throws(Failure) {
            for part in wire { try upstream.decode(part, into: &outbox) }
        } catch {
            outbox.append(.end(.failure(error)))
        }
        while let part = outbox.popFirst() { client.send([part]) }
        return client.answer
    }
}
