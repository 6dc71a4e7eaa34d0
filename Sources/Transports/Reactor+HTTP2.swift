internal import HTTP2
internal import Reactor

extension Reactor {
    /// What the HTTP/2 sessions of this worker share.
    var http2Memory: HTTP2Memory {
        if let memory = self[HTTP2Memory.self] { return memory }
        let memory = HTTP2Memory()
        self[HTTP2Memory.self] = memory
        return memory
    }
}
