internal import Buffers
internal import HTTP
internal import WebSocket

/// Reads `bytes` as what a client sends, and as what a server sends, whole, cut in two and byte by byte: the same must come
/// of it. What is read is sent back, and what is sent reads as itself. The first byte says what was agreed.
public func fuzzWebSocketServer(_ bytes: [UInt8]) { fuzzWebSocket(.server, bytes) }
public func fuzzWebSocketClient(_ bytes: [UInt8]) { fuzzWebSocket(.client, bytes) }

private func fuzzWebSocket(_ role: WebSocketRole, _ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    let terms = agreements[Int(first) % agreements.count]
    let whole = WebSocketStory(role, terms, [rest])
    checkCuts(of: rest, role, terms, whole)
    let echo = WebSocketStory(role == .server ? .client : .server, terms, [whole.sent])
    precondition(echo.error == nil, "what was written is refused: \(echo.error?.reason ?? "")")
    precondition(echo.messages == whole.messages, "what was written reads as something else")
}

private func checkCuts(
    of bytes: [UInt8], _ role: WebSocketRole, _ terms: WebSocketDeflate?, _ whole: WebSocketStory
) {
    // Whether zlib notices a reference that reaches back too far depends on how much it is given at once.
    guard terms?.server.windowBits ?? 15 == 15, terms?.client.windowBits ?? 15 == 15 else { return }
    let place = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % (bytes.count + 1)
    let cut = WebSocketStory(role, terms, [Array(bytes[..<place]), Array(bytes[place...])])
    precondition(cut.says(whole), "cut at \(place) it differs")
    if bytes.count < 2048 {
        precondition(WebSocketStory(role, terms, bytes.map { [$0] }).says(whole), "byte by byte it differs")
    }
}

private let agreements: [WebSocketDeflate?] = [
    nil, WebSocketDeflate(),
    WebSocketDeflate(
        server: WebSocketDeflate.Direction(keepsContext: true, windowBits: 15),
        client: WebSocketDeflate.Direction(keepsContext: true, windowBits: 15)),
    WebSocketDeflate(
        server: WebSocketDeflate.Direction(keepsContext: true, windowBits: 8),
        client: WebSocketDeflate.Direction(keepsContext: true, windowBits: 9)),
]

/// What a connection makes of some bytes.
private struct WebSocketStory {
    var events: [WebSocketEvent] = []
    var error: WebSocketError?
    /// What it wrote: every message back, pongs, a Close frame.
    var sent: [UInt8] = []
    private let isCompressed: Bool

    var messages: [WebSocketMessage] {
        events.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    init(_ role: WebSocketRole, _ terms: WebSocketDeflate?, _ pieces: [[UInt8]]) {
        isCompressed = terms != nil
        var settings = WebSocketSettings()
        settings.messageBytes = 64 * 1024
        settings.fragments = 64
        settings.controlBurst = 50
        settings.compressedFromBytes = 8
        let pool = WebSocketPool { count in (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) } }
        var connection = WebSocketConnection(role, deflate: terms, settings: settings, pool: pool, at: 0)
        var out = ByteWriter()
        do throws(WebSocketError) {
            for piece in pieces {
                var input = Bytes(piece)
                while let event = try connection.next(&input, into: &out, at: 0) {
                    events.append(event)
                    guard case .message(let message) = event else { continue }
                    if message.kind == .text {
                        precondition(String(validating: message.payload.array, as: UTF8.self) != nil, "no text")
                    }
                    precondition(message.payload.count <= settings.messageBytes, "too large")
                    if let rest = connection.send(message, into: &out) { out.append(rest) }
                }
                precondition(input.isEmpty, "input is left over")
            }
        } catch {
            self.error = error
            connection.fail(error, into: &out)
        }
        sent = out.finish().array
    }

    /// Whether the same was read. Of several things that are wrong with a compressed message, the one that is found first
    /// depends on where the bytes were cut.
    func says(_ other: WebSocketStory) -> Bool {
        guard events == other.events else { return false }
        return isCompressed ? (error == nil) == (other.error == nil) : error == other.error && sent == other.sent
    }
}

/// Reads the lines of `bytes` as the values of the fields of an opening handshake, in both directions.
public func fuzzWebSocketHandshake(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let names: [HeaderName] = [
        .secWebSocketExtensions, .secWebSocketProtocol, .origin, .secWebSocketKey, .secWebSocketVersion, .connection,
        .upgrade, .secWebSocketAccept,
    ]
    var request = HTTPRequestHead()
    request.authority = Array("host".utf8)
    var response = HTTPResponseHead(status: 101)
    for (place, line) in lines.prefix(16).enumerated() {
        request.headers.append(names[place % names.count], Array(line).span.bytes)
        response.headers.append(names[place % names.count], Array(line).span.bytes)
    }
    let deflate = agreements[bytes.count % agreements.count]
    var acceptor = WebSocketAcceptor()
    acceptor.subprotocols = ["chat", "a"]
    acceptor.deflate = deflate
    acceptor.origins = .sameHost
    let proposal = WebSocketProposal(
        subprotocols: ["chat", "a"], deflate: deflate, nonce: Array(repeating: 0, count: 16))
    _ = try? proposal.verify(response, over: .upgrade)
    response.status = 200
    _ = try? proposal.verify(response, over: .tunnel)
    for method in [HTTPMethod.get, .connect] {
        request.method = method
        request.connectProtocol = method == .connect ? Array("websocket".utf8) : []
        _ = WebSocketAcceptor.isAsked(by: request)
        guard let acceptance = try? acceptor.accept(request) else { continue }
        // What a server agreed to, it can do.
        let terms = acceptance.terms.deflate
        precondition(terms == nil || deflate != nil && (8...15).contains(terms?.server.windowBits ?? 0))
    }
}
