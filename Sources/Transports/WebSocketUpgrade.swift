internal import Buffers
internal import Canonical
internal import HTTP
internal import Reactor
internal import WebSocket

/// The opening handshake of a WebSocket, as far as it concerns one hop: the key that proves that both sides mean it, and
/// the version. The rest of it, subprotocols and extensions, is for the two ends.
enum WebSocketUpgrade {
    /// Whether a request of HTTP/1 that asks for an upgrade asks for this one. Without a key it is taken for any other
    /// request: an upgrade may be passed over (RFC 9110 §7.8).
    static func isWanted(by head: borrowing HTTPRequestHead) -> Bool {
        head.headers.contains(.secWebSocketKey) && WebSocketAcceptor.isAsked(by: head)
    }

    /// Makes the request one for a tunnel.
    ///
    /// - Returns: What the answer must prove.
    /// - Throws: Why it is no good (RFC 6455 §4.2.1).
    static func accept(_ head: inout HTTPRequestHead) throws(Failure) -> [UInt8] {
        let answer: WebSocketAcceptor.Acceptance
        do throws(WebSocketHandshakeError) {
            answer = try WebSocketAcceptor().accept(head)
        } catch {
            throw Failure(refusedHandshake: error)
        }
        head.connectProtocol = Array("websocket".utf8)
        head.body = .unknown
        head.headers.remove(.secWebSocketKey)
        return Array((answer.head.headers[.secWebSocketAccept] ?? "").utf8)
    }

    /// Why a request for a tunnel is no good; nil when it is (RFC 8441 §5).
    static func refusal(of head: borrowing HTTPRequestHead) -> Failure? {
        do throws(WebSocketHandshakeError) {
            _ = try WebSocketAcceptor().accept(head)
            return nil
        } catch {
            return Failure(refusedHandshake: error)
        }
    }

    /// Makes a request for a tunnel one for an upgrade.
    ///
    /// - Returns: What the answer must prove.
    static func ask(_ head: inout HTTPRequestHead) -> [UInt8] {
        let key = WebSocketKey(nonce: Entropy.bytes(16))
        head.connectProtocol.removeAll()
        head.method = .get
        head.body = .none
        head.headers.set(.upgrade, "websocket")
        head.headers.set(.secWebSocketKey, key.text.span.bytes)
        return key.answer
    }

    /// Whether a service has agreed (RFC 6455 §4.1).
    static func isAccepted(_ head: borrowing HTTPResponseHead, _ proof: [UInt8]) -> Bool {
        guard let upgrade = head.headers.firstIndex(of: .upgrade),
            let accept = head.headers.firstIndex(of: .secWebSocketAccept)
        else { return false }
        return head.headers.value(at: upgrade).equalsIgnoringCase("websocket")
            && head.headers.value(at: accept).equals(proof.span.bytes)
    }
}

extension Failure {
    /// What a request becomes that asks for a WebSocket in a wrong way.
    convenience init(refusedHandshake error: WebSocketHandshakeError) {
        let code: FailureCode =
            switch error.status {
            case 405: .unimplemented
            case 426: .failedPrecondition
            default: .invalidArgument
            }
        var fields: [(name: String, value: String)] = []
        let headers = error.headers
        for index in 0..<headers.endIndex {
            fields.append((String(decoding: headers.name(at: index)), String(decoding: headers.value(at: index))))
        }
        self.init(code, error.reason, error.message, origin: .client, httpStatus: error.status, headers: fields)
    }
}
