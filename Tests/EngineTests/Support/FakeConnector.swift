import Canonical
import Engine

/// A pool whose streams are played by the test.
final class FakeConnector: EndpointConnector {
    private(set) var streams: [FakeStream] = []
    private(set) var isClosed = false
    /// What opening throws.
    var refusal: Failure?
    /// Whether new streams take more than their head.
    var opensWritable = true

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        if let refusal { throw refusal }
        let stream = FakeStream(receiver)
        stream.isWritable = opensWritable
        streams.append(stream)
        return stream
    }

    func close() { isClosed = true }
}
