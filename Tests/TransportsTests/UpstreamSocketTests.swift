import Buffers
import Canonical
import Engine
import HTTP
import JSONCodec
import Messaging
import Reactor
import Testing
import WebSocket

@testable import Transports

/// Calls of a service that speaks WebSocket, over real connections.
@Suite(.timeLimit(.minutes(2))) struct UpstreamSocketTests {
    private func plan(
        to origin: Origin, _ language: SocketLanguage, effect: Effect = .mutating, attempts: Int = 2
    ) throws -> Plan {
        let schema = Schema.Builder().build()
        let operation = Operation(name: "Ask", service: "S", input: .any, output: .any, effect: effect)
        let contract = Contract(name: "S", namespace: "s", schema: schema, operations: [operation])
        let json = JSONPlan(schema)
        let sockets = SocketServicePlan(
            contract, language, settings: SocketServiceSettings(), requests: json, answers: json)
        let route = Route(
            name: "ask", match: RouteMatch(path: PathPattern("/ask")), operation: operation,
            action: .call(face: TextFactory(), translator: try sockets.factory(for: operation), upstream: 0),
            limits: RouteLimits())
        let upstream = Upstream(
            name: "s", endpoints: [Endpoint(host: "127.0.0.1", port: origin.port, path: "/feed")],
            limits: UpstreamLimits(attempts: attempts), tunnelled: sockets)
        return Plan(routes: [route], upstreams: [upstream], failures: PlainFailures())
    }

    private func request(_ number: Int) -> String {
        let body = #"{"n":\#(number)}"#
        return "POST /ask HTTP/1.1\r\nhost: localhost\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `many calls share one connection, answered in any order`() async throws {
        let count = 20
        let origin = Origin { origin, peer, _ in
            guard let socket = ServedSocket(peer) else { return }
            var texts: [String] = []
            while texts.count < count, let text = socket.read() { texts.append(text) }
            for text in texts.reversed() { socket.send(text) }
            _ = socket.read()
        }
        let language = SocketLanguage.json(SocketFields(correlation: "id", payload: "ask"))
        try await withGateway(plan: plan(to: origin, language)) { gateway in
            let clients = (0..<count).map { _ in gateway.connect() }
            for (number, client) in clients.enumerated() { client.send(request(number)) }
            for (number, client) in clients.enumerated() {
                #expect(client.readResponse()?.body.text == #"{"n":\#(number)}"#)
            }
            #expect(origin.connections == 1)
        }
    }

    @Test func `a call has a connection of its own where nothing tells calls apart`() async throws {
        let origin = Origin { origin, peer, _ in
            guard let socket = ServedSocket(peer), let text = socket.read() else { return }
            socket.send(text)
            // The goodbye, and the end behind it.
            #expect(socket.read() == nil)
            origin.note(socket.hasEnded ? "ended" : "open")
        }
        try await withGateway(plan: plan(to: origin, .json(SocketFields()))) { gateway in
            for number in 0..<3 { #expect(gateway.ask(request(number))?.body.text == #"{"n":\#(number)}"#) }
            await origin.waitForNotes(3)
            #expect(origin.notes == ["ended", "ended", "ended"])
        }
    }

    @Test(arguments: [(Effect.safe, 200), (.mutating, 503)])
    func `a lost connection is tried again where that does no harm`(effect: Effect, status: Int) async throws {
        let origin = Origin { origin, peer, number in
            guard let socket = ServedSocket(peer), let text = socket.read() else { return }
            // The first connection breaks off in the middle of the call.
            if number == 0 { return }
            socket.send(text)
            _ = socket.read()
        }
        let language = SocketLanguage.json(SocketFields(correlation: "id", payload: "ask"))
        try await withGateway(plan: plan(to: origin, language, effect: effect)) { gateway in
            let response = gateway.ask(request(1))
            #expect(response?.status == status)
            #expect(response?.body.text == (status == 200 ? #"{"n":1}"# : "websocket.lost"))
            #expect(gateway.ask(request(2))?.status == 200)
        }
    }

    @Test func `a service that opens no socket is unavailable`() async throws {
        let origin = Origin.answering { _ in "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno" }
        try await withGateway(plan: plan(to: origin, .jsonRPC)) { gateway in
            let response = gateway.ask(request(1))
            #expect(response?.status == 503)
            #expect(response?.body.text == "websocket.refused")
        }
        let nobody = Origin { _, _, _ in }
        try await withGateway(plan: plan(to: nobody, .jsonRPC)) { gateway in
            #expect(gateway.ask(request(1))?.status != 200)
        }
    }
}

/// The service's end of a WebSocket on a thread of its own.
private final class ServedSocket {
    private let peer: Peer
    private var connection = WebSocketConnection(.server, pool: WebSocketPool(randomBytes: Entropy.bytes), at: 0)
    private(set) var hasEnded = false

    init?(_ peer: Peer) {
        self.peer = peer
        guard let head = peer.readHead(), let key = Fields(head)["sec-websocket-key"] else { return nil }
        guard head.hasPrefix("GET /feed HTTP/1.1\r\n") else { return nil }
        peer.send(
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                + "sec-websocket-accept: \(WebSocketProof.answer(to: key))\r\n\r\n")
    }

    /// The next text; nil after the goodbye, which is answered, and the end behind it.
    func read() -> String? {
        while true {
            var input = Bytes(peer.read(1))
            guard !input.isEmpty else {
                hasEnded = !peer.wasReset
                return nil
            }
            var out = ByteWriter()
            let event = try? connection.next(&input, into: &out, at: 0)
            peer.send(out.finish().array)
            if case .message(let message) = event { return String(message.payload) }
        }
    }

    func send(_ text: String) {
        var out = ByteWriter()
        let rest = connection.send(.text(text), into: &out)
        peer.send(out.finish().array + (rest?.array ?? []))
    }
}

/// A face for bodies of JSON.
private struct TextFactory: FaceFactory {
    let faceName = "text"
    func makeFace(_ context: CallContext) -> any HTTPFace { TextFace() }
}

private final class TextFace: FaceTranslator {
    private var hasAnswered = false

    func decode(_ part: consuming HTTPRequestPart, into parts: inout Outbox<RequestPart>) throws(Failure) {
        switch consume part {
        case .head(let head): parts.append(.head(head))
        case .body(let bytes): parts.append(.message(.opaque(bytes)))
        case .end(let trailers): parts.append(.end(trailers: trailers))
        }
    }

    func encode(_ part: consuming ResponsePart, into wire: inout Outbox<HTTPResponsePart>) throws(Failure) {
        switch consume part {
        case .head(var head):
            head.body = .unknown
            wire.append(.head(head))
        case .message(.encoded(let bytes, _)): wire.append(.body(bytes))
        case .end(.success): wire.append(.end(trailers: nil))
        case .end(.failure(let failure)): PlainFailures().render(failure, requestID: "", into: &wire)
        case .interim, .message: break
        }
    }
}
