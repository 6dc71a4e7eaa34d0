import Buffers
import Canonical
import Engine
import HTTP
import JSONCodec

/// Who asks the admin API: keeps the answer for whoever waits for it.
final class PlayedClient: ClientStream {
    private var head = HTTPResponseHead()
    private var body = ""
    private var isDone = false
    private var waiter: ((Answer) -> Void)?
    let isWritable = true

    func send(_ part: consuming HTTPResponsePart) {
        switch consume part {
        case .interim: break
        case .head(let head): self.head = head
        case .body(let bytes): body += String(bytes)
        case .end: finish()
        }
    }

    func abort() { finish() }
    func pauseReading() {}
    func resumeReading() {}

    private func finish() {
        isDone = true
        waiter?(answer)
        waiter = nil
    }

    func whenAnswered(_ body: @escaping (Answer) -> Void) {
        if isDone { body(answer) } else { waiter = body }
    }

    private var answer: Answer {
        let names = ["content-type", "retry-after", "www-authenticate", "allow"]
        let fields = names.compactMap { name in head.headers[name].map { (name, $0) } }
        return Answer(status: head.status, headers: Dictionary(uniqueKeysWithValues: fields), body: body)
    }
}

struct Answer: Sendable {
    var status: Int
    var headers: [String: String]
    var body: String

    /// The reason of a failure.
    var reason: String? { body.firstMatch(of: /"reason":"([a-z._]+)"/).map { String($0.1) } }
}

/// Failures as problems.
struct Problems: FailureRenderer {
    func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>) {
        let body = ProblemDocument(failure: failure, status: failure.status, requestID: requestID).json()
        var head = HTTPResponseHead(status: failure.status)
        for (name, value) in failure.headers { head.headers.append(name, value) }
        wire.append(.head(head))
        wire.append(.body(body))
        wire.append(.end(trailers: nil))
    }
}
