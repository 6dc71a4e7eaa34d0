import Buffers
import Engine
import HTTP

/// A client's side of a call that writes down what it is told.
final class FakeClient: ClientStream {
    private(set) var heard: [String] = []
    private(set) var lastHead = HTTPResponseHead()
    var isWritable = true
    var whenEnded: () -> Void = {}

    func send(_ part: consuming HTTPResponsePart) {
        if case .head(let head) = copy part { lastHead = head }
        let text = text(of: part)
        heard.append(text)
        if text.hasPrefix("end") { whenEnded() }
    }

    func abort() { heard.append("abort") }
    func pauseReading() { heard.append("pause") }
    func resumeReading() { heard.append("resume") }

    private func text(of part: HTTPResponsePart) -> String {
        switch part {
        case .interim(let head): "interim \(head.status)"
        case .head(let head): "head \(head.status)"
        case .body(let bytes): "body \(String(bytes))"
        case .end(let trailers): trailers == nil ? "end" : "end with trailers"
        }
    }
}
