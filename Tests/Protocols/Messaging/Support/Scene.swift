import Buffers
import Canonical
import Engine
import HTTP
import JSONCodec
import Reactor
import WebSocket

@testable import Messaging

/// One socket of a route, with its client and the services behind it played by the test.
final class Scene {
    let reactor: Reactor
    let gateway: Gateway
    let client: PlayedClient
    let service = PlayedService()
    private let call: Call

    init(_ reactor: Reactor, _ factory: SocketFactory) {
        let route = Route(
            name: "routes[0]", match: RouteMatch(path: PathPattern("/**")),
            action: .host(face: factory, translator: factory, upstream: factory), limits: RouteLimits(),
            carriesTunnels: true)
        let upstream = Upstream(name: "u", endpoints: [Endpoint(host: "h", port: 80)])
        let plan = Plan(routes: [route], upstreams: [upstream], failures: Reasons())
        let service = service
        self.reactor = reactor
        gateway = Gateway(reactor: reactor, plan: plan, seed: 1) { _, _ in service }
        client = PlayedClient(WebSocketPool(randomBytes: Entropy.bytes))
        call = gateway.takeCall()
    }

    deinit {
        call.cancel()
    }

    /// The client asks for the socket.
    func open(_ target: String = "/live", _ headers: [(String, String)] = []) {
        call.request.connectProtocol = Array("websocket".utf8)
        call.request.target = Array(target.utf8)
        call.request.authority = Array("localhost".utf8)
        call.request.headers.append("sec-websocket-version", "13")
        for (name, value) in headers { call.request.headers.append(name, value) }
        call.start(on: client, from: ClientIdentity(address: Array("192.0.2.1".utf8)))
    }

    // MARK: What the client does

    func send(_ text: String) { receive(client.frame(.text(text))) }
    func sendBinary(_ bytes: [UInt8]) { receive(client.frame(.binary(Bytes(bytes)))) }
    func sendClose(_ code: WebSocketCloseCode) { receive(client.closeFrame(WebSocketClose(code))) }
    func sendAnswers() { receive(client.takeAnswers()) }
    func receive(_ bytes: Bytes) { call.receive(.body(bytes)) }

    /// The client's connection breaks.
    func leave() { call.cancel() }

    /// The client reads on.
    func drain() {
        client.isWritable = true
        call.clientDrained()
    }

    var isOver: Bool { call.isOver }

    // MARK: What others see

    var socket: (any AddressedSocket)? { gateway.sockets.some(1).first?.socket }
    var name: SocketID? { gateway.sockets.some(1).first?.id }

    /// How the socket called `name` has ended, if it has.
    func end(of name: SocketID?) -> Int? {
        guard let name, case .closed(let end) = gateway.sockets.state(of: name) else { return nil }
        return end.code
    }

    /// Lets `duration` pass for the timers.
    func wait(_ duration: Duration) { reactor.timers.advance(to: reactor.now + duration) }
}

/// Renders a failure as its reason.
struct Reasons: FailureRenderer {
    func render(_ failure: Failure, requestID: String, into wire: inout Outbox<HTTPResponsePart>) {
        wire.append(.head(HTTPResponseHead(status: failure.status)))
        wire.append(.body(Bytes(failure.reason)))
        wire.append(.end(trailers: nil))
    }
}

extension SocketSettings {
    /// Without compression, so that bytes can be counted.
    static func plain(callsAtOnce: Int = 100, queueBytes: Int = 1 << 20, messageBytes: Int = 1 << 20) -> SocketSettings
    {
        SocketSettings(
            messageBytes: messageBytes, callsAtOnce: callsAtOnce, queueBytes: queueBytes, compresses: false)
    }
}

extension SocketTarget {
    /// An address of the service, which has a second to answer.
    static func address(_ path: String) -> SocketTarget {
        .plain(
            name: "routes[0]", method: .post, path: path, upstream: 0, limits: RouteLimits(timeout: .seconds(1)))
    }
}

extension SocketMethod {
    /// An operation whose messages go to `/name` as they are, and come from there.
    convenience init(_ name: String, _ interaction: Interaction, service: String = "S") {
        let plan = JSONPlan(Schema.Builder().build())
        self.init(
            Operation(name: name, service: service, input: .any, output: .any, interaction: interaction),
            name: "routes[0]", translator: AsTheyAre(path: "/\(name)"), upstream: 0,
            limits: RouteLimits(timeout: .seconds(1)), schema: Schema.Builder().build(), request: plan, response: plan)
    }
}

/// Every message is a piece of body, both ways.
private struct AsTheyAre: UpstreamFactory {
    let path: String

    func makeUpstream(_ context: CallContext) -> any HTTPUpstream { Translator(path: path) }

    private final class Translator: UpstreamTranslator {
        private let path: String

        init(path: String) {
            self.path = path
        }

        func encode(_ part: consuming RequestPart, into wire: inout Outbox<HTTPRequestPart>) throws(Failure) {
            switch consume part {
            case .head(var head):
                head.target = Array(path.utf8)
                wire.append(.head(head))
            case .message(.encoded(let bytes, _)), .message(.opaque(let bytes)): wire.append(.body(bytes))
            case .message(.decoded): break
            case .end(let trailers): wire.append(.end(trailers: trailers))
            }
        }

        func decode(_ part: consuming HTTPResponsePart, into parts: inout Outbox<ResponsePart>) throws(Failure) {
            switch consume part {
            case .interim: break
            case .head(let head): parts.append(.head(head))
            case .body(let bytes): parts.append(.message(.opaque(bytes)))
            case .end(let trailers): parts.append(.end(.success(trailers: trailers)))
            }
        }
    }
}
