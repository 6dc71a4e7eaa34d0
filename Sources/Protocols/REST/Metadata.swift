internal import Buffers
internal import HTTP

/// What goes on from heads of REST: not what says what a body is, or how long it keeps.
enum Metadata: MetadataRules {
    static func isReserved(_ headers: borrowing Headers, _ index: Int) -> Bool {
        switch headers.id(at: index) {
        // What a client takes for a body, or of a hop, or of WebSocket.
        case .etag, .lastModified, .ifMatch, .ifModifiedSince, .ifNoneMatch, .ifRange, .ifUnmodifiedSince,
            .xContentTypeOptions, .date, .server, .via, .secWebSocketAccept, .secWebSocketExtensions, .secWebSocketKey,
            .secWebSocketProtocol, .secWebSocketVersion:
            true
        case .other:
            headers.isOfBodyOrHop(at: index) || headers.name(at: index).equals("accept-ranges")
                || headers.name(at: index).equals("alt-svc")
        default: headers.isOfBodyOrHop(at: index)
        }
    }

    /// The metadata that goes with a failure. How long an answer keeps is not said of one that is none.
    static func failurePairs(_ headers: borrowing Headers) -> [(name: String, value: String)] {
        var kept = Headers()
        append(headers, to: &kept)
        for index in 0..<kept.endIndex {
            switch kept.id(at: index) {
            case .age, .cacheControl, .expires, .vary: kept.remove(at: index)
            default: break
            }
        }
        return pairs(kept)
    }
}
