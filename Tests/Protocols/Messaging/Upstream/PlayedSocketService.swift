import Buffers
import Canonical
import Engine
import HTTP
import Reactor
import Testing
import WebSocket

@testable import Messaging

/// Sockets to a service that the test plays, frame by frame.
final class PlayedSocketService: EndpointConnector {
    let reactor: Reactor
    let observer = PlayedObserver()
    private(set) var lines: [PlayedLine] = []
    private(set) lazy var pool = UpstreamSocketPool(
        Quotes.plan(language, settings: settings, observer: observer), over: self,
        to: Endpoint(host: "quotes", port: 7000, path: "/feed?v=1"), limits: limits, on: reactor)
    private let language: SocketLanguage
    private let settings: SocketServiceSettings
    private let limits: UpstreamLimits

    init(
        _ reactor: Reactor, _ language: SocketLanguage, settings: SocketServiceSettings = SocketServiceSettings(),
        limits: UpstreamLimits = UpstreamLimits()
    ) {
        self.reactor = reactor
        self.language = language
        self.settings = settings
        self.limits = limits
    }

    func open(for receiver: any UpstreamReceiver) throws(Failure) -> any UpstreamStream {
        let line = PlayedLine(receiver, reactor)
        lines.append(line)
        return line
    }

    func close() {}

    /// A call as the engine makes it; nothing is sent yet.
    func call() throws -> PlayedCall {
        let call = PlayedCall()
        call.stream = try pool.open(for: call)
        return call
    }

    /// A call of `operation` with all of its messages.
    func call(_ operation: String, _ messages: String..., ends: Bool = true) throws -> PlayedCall {
        let call = try self.call()
        var head = HTTPRequestHead()
        head.target = Array(operation.utf8)
        call.stream?.send(.head(head))
        for message in messages { call.stream?.send(.body(Bytes(message))) }
        if ends { call.stream?.send(.end(trailers: nil)) }
        return call
    }
}

/// A tunnel, seen from the service.
final class PlayedLine: UpstreamStream {
    private let receiver: any UpstreamReceiver
    private let reactor: Reactor
    private var connection: WebSocketConnection
    private(set) var head = HTTPRequestHead()
    /// The texts that came; "close 1000" for a Close frame, "end" for the end, "cancel" for a reset.
    private(set) var heard: [String] = []
    private(set) var isPaused = false
    var isWritable = true

    init(_ receiver: any UpstreamReceiver, _ reactor: Reactor) {
        self.receiver = receiver
        self.reactor = reactor
        connection = WebSocketConnection(.server, pool: reactor.webSocketPool, at: reactor.now.nanoseconds)
    }

    func send(_ part: consuming HTTPRequestPart) {
        switch consume part {
        case .head(let head): self.head = head
        case .body(let bytes): read(bytes)
        case .end: heard.append("end")
        }
    }

    private func read(_ bytes: Bytes) {
        var input = bytes
        var out = ByteWriter()
        while let event = try? connection.next(&input, into: &out, at: reactor.now.nanoseconds) {
            switch event {
            case .message(let message): heard.append(String(message.payload))
            case .close(let close): heard.append("close \(close.code)")
            case .ping, .pong: heard.append("\(event)")
            }
        }
        // Goodbye is answered when the test says so.
        goodbye = out.finish()
    }

    private var goodbye = Bytes()

    func cancel() { heard.append("cancel") }
    func pauseReading() { isPaused = true }
    func resumeReading() { isPaused = false }

    // MARK: What the service does

    func accept(status: Int = 101, _ fields: [(String, String)] = []) {
        var head = HTTPResponseHead(status: status)
        for (name, value) in fields { head.headers.append(name, value) }
        receiver.deliver(.head(head))
    }

    /// - Parameter cuts: Whether every byte comes alone.
    func say(_ texts: String..., cuts: Bool = false) {
        var out = ByteWriter()
        var all: [UInt8] = []
        for text in texts {
            let rest = connection.send(.text(text), into: &out)
            all += out.finish().array + (rest?.array ?? [])
        }
        deliver(all, cuts: cuts)
    }

    func close(_ close: WebSocketClose) {
        var out = ByteWriter()
        connection.close(close, into: &out, at: reactor.now.nanoseconds)
        deliver(out.finish().array)
    }

    /// Answers the Close frame that came.
    func sayGoodbye() { deliver(goodbye.array) }

    func deliver(_ bytes: [UInt8], cuts: Bool = false) {
        for byte in cuts ? bytes.map({ [$0] }) : [bytes] { receiver.deliver(.body(Bytes(byte))) }
    }

    func end() { receiver.deliver(.end(trailers: nil)) }
    func fail(_ failure: Failure) { receiver.attemptFailed(failure) }
    func drain() { receiver.upstreamDrained() }
}

/// The engine's side of an attempt.
final class PlayedCall: UpstreamReceiver {
    fileprivate(set) var stream: (any UpstreamStream)?
    private(set) var heard: [String] = []
    private(set) var failure: Failure?
    /// Takes in no more than this many pieces.
    var patience = Int.max

    func deliver(_ part: consuming HTTPResponsePart) {
        switch consume part {
        case .interim: heard.append("interim")
        case .head(let head): heard.append("\(head.status)")
        case .body(let bytes):
            heard.append(String(bytes))
            patience -= 1
            if patience == 0 { stream?.pauseReading() }
        case .end: heard.append("end")
        }
    }

    func attemptFailed(_ failure: Failure) {
        self.failure = failure
        heard.append("\(failure.reason) \(failure.retry)")
    }

    func upstreamDrained() { heard.append("drained") }
}

/// Counts what is dropped.
final class PlayedObserver: SocketObserver {
    private let causes = Guarded<[String]>([])
    var dropped: [String] { causes.withLock { $0 } }
    func dropped(_ cause: String) { causes.withLock { $0.append(cause) } }
}
