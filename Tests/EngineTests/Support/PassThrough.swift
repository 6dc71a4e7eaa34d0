import Buffers
import Canonical
import Engine
import HTTP

/// Both ends of a route that changes nothing; `gathers` makes the face wait for the whole request.
struct PassThrough: FaceFactory, UpstreamFactory, FailureRenderer {
    let faceName = "pass-through"

    var gathers = false
    private let statuses: [FailureCode: Int] = [.invalidArgument: 400, .notFound: 404]

    init(gathers: Bool = false) {
        self.gathers = gathers
    }

    func makeFace(_ context: CallContext) -> any HTTPFace { PassFace(gathers: gathers) }
    func makeUpstream(_ context: CallContext) -> any HTTPUpstream { PassUpstream() }

    func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>) {
        wire.append(.head(HTTPResponseHead(status: failure.httpStatus ?? statuses[failure.code] ?? 500)))
        wire.append(.body(Bytes(failure.reason)))
        wire.append(.end(trailers: nil))
    }
}

private final class PassFace: FaceTranslator {
    private let gathers: Bool
    private var gathered: [RequestPart] = []
    private var hasAnswered = false

    init(gathers: Bool) {
        self.gathers = gathers
    }

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        let isEnd: Bool
        switch consume part {
        case .head(let head): (isEnd, gathered) = (false, gathered + [.head(head)])
        case .body(let bytes): (isEnd, gathered) = (false, gathered + [.message(.opaque(bytes))])
        case .end(let trailers): (isEnd, gathered) = (true, gathered + [.end(trailers: trailers)])
        }
        guard isEnd || !gathers else { return }
        for part in gathered { parts.append(part) }
        gathered = []
    }

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .interim(let head): wire.append(.interim(head))
        case .head(let head):
            hasAnswered = true
            wire.append(.head(head))
        case .message(let message):
            var out = ByteWriter()
            if case .opaque(let bytes) = message { out.append(bytes) }
            wire.append(.body(out.finish()))
        case .end(.success(let trailers)): wire.append(.end(trailers: trailers))
        case .end(.failure(let failure)):
            if hasAnswered { throw failure }
            PassThrough().render(failure, requestID: "", into: &wire)
        }
    }
}

private final class PassUpstream: UpstreamTranslator {
    func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): wire.append(.head(head))
        case .message(.opaque(let bytes)): wire.append(.body(bytes))
        case .message: throw Failure(.internal, "test.message", "No message is expected.")
        case .end(let trailers): wire.append(.end(trailers: trailers))
        }
    }

    func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch consume part {
        case .interim(let head): parts.append(.interim(head))
        case .head(let head): parts.append(.head(head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(.success(trailers: trailers)))
        }
    }
}
