import Buffers
import Canonical
import HTTP

@testable import Engine
@testable import GRPC

/// One call of a face, with parts in arrays.
final class FaceCall {
    let method: GRPCMethod
    let context = CallContext.test()
    private let face: any HTTPFace
    private(set) var head: HTTPRequestHead?
    private(set) var messages: [Message] = []
    private(set) var isWhole = false
    private(set) var failure: Failure?
    private(set) var answer = Answer()

    /// What the client gets.
    struct Answer {
        var head: HTTPResponseHead?
        var body = Bytes()
        var trailers: Headers?
        var isWhole = false

        var status: Int { head?.status ?? 0 }
        var fields: [String] { head?.headers.lines ?? [] }
        var trailing: [String] { trailers?.lines ?? [] }
    }

    init(_ method: GRPCMethod) {
        self.method = method
        face = GRPCFactory(method).makeFace(context)
    }

    convenience init(_ name: String, messageBytes: Int = GRPCMethod.defaultMessageBytes) throws {
        self.init(try Echo.method(name, messageBytes: messageBytes))
    }

    /// Hands over parts of a request; a failure goes the way that a call sends it.
    @discardableResult
    func receive(_ parts: [HTTPRequestPart]) -> FaceCall {
        var outbox = Outbox<RequestPart>()
        do throws(Failure) {
            for part in parts { try face.decode(part, into: &outbox) }
        } catch {
            failure = error
        }
        while let part = outbox.popFirst() {
            switch part {
            case .head(let head): self.head = head
            case .message(let message): messages.append(message)
            case .end: isWhole = true
            }
        }
        if let failure { send([.end(.failure(failure))]) }
        return self
    }

    @discardableResult
    func receive(
        _ type: String, _ fields: [(String, String)] = [], _ body: [Bytes], method: HTTPMethod = .post,
        target: String = "/x"
    ) -> FaceCall {
        let head = HTTPRequestHead(method, target, (type.isEmpty ? [] : [("content-type", type)]) + fields)
        return receive([.head(head)] + body.map { .body($0) } + [.end(trailers: nil)])
    }

    /// Hands over parts of the answer.
    @discardableResult
    func send(_ parts: [ResponsePart]) -> FaceCall {
        var outbox = Outbox<HTTPResponsePart>()
        do throws(Failure) {
            for part in parts { try face.encode(part, into: &outbox) }
        } catch {
            failure = error
        }
        while let part = outbox.popFirst() {
            switch part {
            case .interim: break
            case .head(let head): answer.head = head
            case .body(let bytes): answer.body = Bytes(answer.body.array + bytes.array)
            case .end(let trailers):
                answer.trailers = trailers
                answer.isWhole = true
            }
        }
        return self
    }

    /// The texts of the notes that came in.
    var texts: [String] {
        messages.map { message in
            var out = ByteWriter()
            guard (try? method.request.write(message, as: .protobuf, into: &out)) != nil else { return "?" }
            return (try? text(of: out.finish())) ?? "?"
        }
    }

    /// The parts of an answer with these notes.
    static func notes(
        _ method: GRPCMethod, _ texts: [String], head: [(String, String)] = [], trailers: [(String, String)] = []
    ) -> [ResponsePart] {
        var start = HTTPResponseHead(status: 200)
        start.headers = Headers(head)
        let messages = texts.map { ResponsePart.message(.encoded(note($0), by: method.response.protobuf)) }
        return [.head(start)] + messages + [.end(.success(trailers: Headers(trailers)))]
    }

    func answerNotes(_ texts: String..., head: [(String, String)] = [], trailers: [(String, String)] = []) -> FaceCall {
        send(Self.notes(method, texts, head: head, trailers: trailers))
    }
}

/// The messages of an enveloped body, as `flags text`.
func envelopes(_ body: Bytes) -> [(flags: UInt8, bytes: Bytes)] {
    var reader = EnvelopeReader(limit: 1 << 30, flags: 0xFF, origin: .client)
    reader.append(body)
    var found: [(UInt8, Bytes)] = []
    while let envelope = try? reader.next() { found.append((envelope.flags, envelope.bytes)) }
    return found
}
