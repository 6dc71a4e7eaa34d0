internal import Buffers
internal import HTTP

/// `Sec-WebSocket-Protocol` (RFC 6455 §11.3.4).
struct SubprotocolList {
    private(set) var names: [String] = []

    /// Reads all fields of `headers`, as if they were one.
    /// - Throws: `badSubprotocol` when a name is no token or is repeated.
    init(_ headers: borrowing Headers) throws(WebSocketHandshakeError) {
        var seen: Set<String> = []
        var next = headers.firstIndex(of: .secWebSocketProtocol)
        while let index = next {
            let value = headers.value(at: index)
            var start = 0
            while let element = value.nextElement(from: &start) {
                let name = String(decoding: element)
                guard element.isToken, seen.insert(name).inserted else { throw .badSubprotocol }
                names.append(name)
            }
            next = headers.firstIndex(of: .secWebSocketProtocol, from: index + 1)
        }
    }
}
