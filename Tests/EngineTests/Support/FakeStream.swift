import Buffers
import Canonical
import Engine
import HTTP

/// An upstream's side of an attempt that writes down what it is told, and says what the test wants.
final class FakeStream: UpstreamStream {
    private let receiver: any UpstreamReceiver
    private(set) var heard: [String] = []
    private(set) var head = HTTPRequestHead()
    var isWritable = true
    private var isCancelled = false

    init(_ receiver: any UpstreamReceiver) {
        self.receiver = receiver
    }

    func send(_ part: consuming HTTPRequestPart) {
        switch consume part {
        case .head(let head):
            self.head = head
            heard.append("\(head.method) \(String(decoding: head.target, as: UTF8.self))")
        case .body(let bytes): heard.append("body \(String(bytes))")
        case .end(let trailers): heard.append(trailers == nil ? "end" : "end with trailers")
        }
    }

    func cancel() {
        heard.append("cancel")
        isCancelled = true
    }

    func pauseReading() { heard.append("pause") }
    func resumeReading() { heard.append("resume") }

    // MARK: What the service does

    func answer(_ status: Int, _ bodies: String..., ends: Bool = true) {
        deliver(.head(HTTPResponseHead(status: status)))
        for body in bodies { deliver(.body(Bytes(body))) }
        if ends { deliver(.end(trailers: nil)) }
    }

    func deliver(_ part: HTTPResponsePart) {
        if !isCancelled { receiver.deliver(part) }
    }

    func fail(_ retry: RetryAdvice) {
        receiver.attemptFailed(Failure(.internal, "test.broke", "It broke.", origin: .upstream, retry: retry))
    }

    func drain() { receiver.upstreamDrained() }
}
