internal import Buffers
internal import HTTP

/// What one attempt has sent, kept while it may have to be sent again.
struct Attempt {
    /// Bodies beyond this are not kept, and then not sent twice.
    static let replayLimit = 64 * 1024

    private(set) var head: HTTPRequestHead?
    private(set) var body: [Bytes] = []
    private(set) var bodyBytes = 0
    private(set) var trailers: Headers?
    private(set) var isWhole = false
    private(set) var isReplayable = true

    mutating func record(_ part: HTTPRequestPart) {
        switch part {
        case .head(let head): self.head = head
        case .body(let bytes):
            guard isReplayable else { return }
            bodyBytes += bytes.count
            if bodyBytes > Self.replayLimit { forget() } else { body.append(bytes) }
        case .end(let trailers):
            self.trailers = trailers
            isWhole = true
        }
    }

    /// Nothing will be sent again: lets what was kept go.
    mutating func forget() {
        isReplayable = false
        body.removeAll()
    }

    /// Takes the head's memory back for the next call.
    mutating func reset() -> HTTPRequestHead? {
        // Not `take`, which makes a copy.
        var memory: HTTPRequestHead?
        swap(&memory, &head)
        if !body.isEmpty { body.removeAll(keepingCapacity: true) }
        bodyBytes = 0
        trailers = nil
        isWhole = false
        isReplayable = true
        return memory
    }
}
