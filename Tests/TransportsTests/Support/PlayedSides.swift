import Buffers
import Canonical
import Engine
import HTTP

/// An upstream that the test plays, with one stream for one call.
final class PlayedUpstream: EndpointConnector, UpstreamStream {
    private(set) var receiver: (any UpstreamReceiver)?
    private(set) var isPaused = false
    let isWritable = true

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        self.receiver = receiver
        return self
    }

    func send(_ part: consuming HTTPRequestPart) {}
    func cancel() { receiver = nil }
    func close() {}
    func pauseReading() { isPaused = true }
    func resumeReading() { isPaused = false }
}

/// A client that the test plays, with one call.
final class PlayedClient: ClientStream {
    let call: Call
    private(set) var isPaused = false
    let isWritable = true

    /// Begins a call with a body of any length.
    init(_ gateway: Gateway) {
        call = gateway.takeCall()
        call.request.method = .post
        call.request.target = Array("/".utf8)
        call.request.authority = Array("localhost".utf8)
        call.request.body = .unknown
        call.start(on: self, from: ClientIdentity(address: Array("192.0.2.1".utf8)))
    }

    func send(_ part: consuming HTTPResponsePart) {}
    func abort() {}
    func pauseReading() { isPaused = true }
    func resumeReading() { isPaused = false }
}
