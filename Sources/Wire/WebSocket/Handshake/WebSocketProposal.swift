internal import Buffers
public import HTTP

/// The client's side of the opening handshake (RFC 6455 §4.1, RFC 8441 §5): one request and the judgement of its answer.
public struct WebSocketProposal: Sendable {
    private let subprotocols: [String]
    private let deflate: WebSocketDeflate?
    private let key: [UInt8]

    /// - Parameters:
    ///   - subprotocols: Those that we speak, the most preferred first.
    ///   - deflate: The most that we want of permessage-deflate; nil: nothing is compressed.
    ///   - nonce: 16 random bytes.
    public init(subprotocols: [String] = [], deflate: WebSocketDeflate? = nil, nonce: [UInt8]) {
        precondition(nonce.count == 16, "A nonce has 16 bytes.")
        self.subprotocols = subprotocols
        self.deflate = deflate
        key = Base64.encode(nonce)
    }

    /// Makes of a request for some target one that asks for a WebSocket. Write it to HTTP/1 with `.upgrade`.
    public func write(into head: inout HTTPRequestHead, over transport: WebSocketTransport) {
        for name in [
            HeaderName.upgrade, .connection, .secWebSocketKey, .secWebSocketVersion, .secWebSocketProtocol,
            .secWebSocketExtensions,
        ] {
            head.headers.remove(name)
        }
        switch transport {
        case .upgrade:
            head.method = .get
            head.body = .none
            head.headers.append(.upgrade, "websocket")
            head.headers.append(.secWebSocketKey, key.span.bytes)
        case .tunnel:
            head.method = .connect
            head.connectProtocol = Array("websocket".utf8)
            head.body = .unknown
        }
        head.headers.append(.secWebSocketVersion, "13")
        if !subprotocols.isEmpty {
            head.headers.append(.secWebSocketProtocol, subprotocols.joined(separator: ", "))
        }
        if let deflate { head.headers.append(.secWebSocketExtensions, deflate.offer.text) }
    }

    /// Judges the answer; its fields must be those that were received.
    ///
    /// - Returns: What was agreed.
    /// - Throws: `notSwitched` for any status but the one that is due, else what is wrong with the answer: the connection
    ///   must be ended then.
    public func verify(
        _ head: borrowing HTTPResponseHead, over transport: WebSocketTransport
    ) throws(WebSocketHandshakeError) -> WebSocketTerms {
        switch transport {
        case .tunnel: guard 200..<300 ~= head.status else { throw .notSwitched }
        case .upgrade:
            guard head.status == 101 else { throw .notSwitched }
            try verifyUpgrade(head.headers)
        }
        return WebSocketTerms(
            subprotocol: try subprotocol(in: head.headers), deflate: try deflateTerms(in: head.headers))
    }

    private func verifyUpgrade(_ headers: borrowing Headers) throws(WebSocketHandshakeError) {
        guard let upgrade = headers.onlyIndex(of: .upgrade), headers.value(at: upgrade).equalsIgnoringCase("websocket"),
            headers.lists("upgrade", in: .connection)
        else { throw .badUpgrade }
        guard let accept = headers.onlyIndex(of: .secWebSocketAccept),
            headers.value(at: accept).equals(AcceptKey.answer(to: key))
        else { throw .badAccept }
    }

    private func subprotocol(in headers: borrowing Headers) throws(WebSocketHandshakeError) -> String? {
        guard headers.contains(.secWebSocketProtocol) else { return nil }
        guard let index = headers.onlyIndex(of: .secWebSocketProtocol) else { throw .unexpectedSubprotocol }
        let name = String(decoding: headers.value(at: index))
        guard subprotocols.contains(name) else { throw .unexpectedSubprotocol }
        return name
    }

    private func deflateTerms(in headers: borrowing Headers) throws(WebSocketHandshakeError) -> WebSocketDeflate? {
        let items = try ExtensionList(headers).items
        guard let item = items.first else { return nil }
        guard items.count == 1, let terms = deflate?.terms(answeredBy: item) else { throw .unexpectedExtension }
        return terms
    }
}
