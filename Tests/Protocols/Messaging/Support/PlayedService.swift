import Buffers
import Canonical
import Engine
import HTTP

/// The services behind a socket: each request is a stream, which the test answers.
final class PlayedService: EndpointConnector {
    final class Request: UpstreamStream {
        private let receiver: any UpstreamReceiver
        private(set) var head = HTTPRequestHead()
        private(set) var body = ""
        private(set) var isWhole = false
        private(set) var isCancelled = false
        let isWritable = true

        init(_ receiver: any UpstreamReceiver) {
            self.receiver = receiver
        }

        func send(_ part: consuming HTTPRequestPart) {
            switch consume part {
            case .head(let head): self.head = head
            case .body(let bytes): body += String(bytes)
            case .end: isWhole = true
            }
        }

        func cancel() { isCancelled = true }
        func pauseReading() {}
        func resumeReading() {}

        /// `/path event seq body`.
        var text: String {
            let fields = ["ws-event", "ws-seq"].map { head.headers[$0] ?? "-" }
            return ([String(decoding: head.target, as: UTF8.self)] + fields + [body]).joined(separator: " ")
        }

        func answer(_ status: Int = 200, _ bodies: String..., headers: [(String, String)] = [], ends: Bool = true) {
            var head = HTTPResponseHead(status: status)
            for (name, value) in headers { head.headers.append(name, value) }
            deliver(.head(head))
            for body in bodies { deliver(.body(Bytes(body))) }
            if ends { deliver(.end(trailers: nil)) }
        }

        func deliver(_ part: HTTPResponsePart) {
            if !isCancelled { receiver.deliver(part) }
        }

        func fail(_ failure: Failure) { receiver.attemptFailed(failure) }
    }

    private(set) var requests: [Request] = []
    /// What opening a stream throws.
    var refusal: Failure?

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        if let refusal { throw refusal }
        let request = Request(receiver)
        requests.append(request)
        return request
    }

    func close() {}

    /// Those that are not cancelled, as texts.
    var texts: [String] { requests.map(\.text) }
}
