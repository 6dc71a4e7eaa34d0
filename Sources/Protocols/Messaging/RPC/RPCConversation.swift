internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import WebSocket

/// A socket that speaks JSON-RPC 2.0: every request is a call, and any number of them are under way.
///
/// Streams have notifications of their own: `next` with `{"id":…,"value":…}` is one message of the request `id`, either
/// way; `complete` with `{"id":…}` ends the client's messages, `cancel` the call.
final class RPCConversation: Conversation {
    private unowned let socket: ClientSocket
    private let plan: RPCPlan
    /// What the calls' upstreams are told of the client.
    private var head = HTTPRequestHead()
    /// By their numbers.
    private var calls: [Int: SocketCall] = [:]
    /// The numbers of those that want an answer, by their ids as they stand in the requests.
    private var numbers: [[UInt8]: Int] = [:]
    private var answered: Set<Int> = []
    private var isHolding = false
    private var count = 0

    init(on socket: ClientSocket, _ plan: RPCPlan) {
        self.socket = socket
        self.plan = plan
    }

    func begin(_ head: HTTPRequestHead) {
        self.head = CallHead.make(of: head, socket.id)
        socket.accept()
    }

    func left(_ close: WebSocketClose) {
        let all = calls.values
        calls = [:]
        numbers = [:]
        for call in all { call.cancel() }
    }

    func drained() {
        for call in Array(calls.values) { call.drained() }
    }

    // MARK: Messages

    func receive(_ message: WebSocketMessage) {
        guard message.kind == .text else {
            return socket.close(WebSocketClose(.unsupportedData, "messages are text: JSON-RPC 2.0"))
        }
        do throws(RPCError) {
            let request = try RPCRequest(message.payload)
            if request.id == nil, let verb = StreamVerb(rawValue: request.method) {
                try pass(verb, request.params)
            } else {
                try begin(request)
            }
        } catch {
            socket.send(text: error.frame())
        }
    }

    private enum StreamVerb: String { case next, complete, cancel }

    /// A message of a call that is under way. One that is over meanwhile is no mistake of the client's.
    private func pass(_ verb: StreamVerb, _ params: Bytes?) throws(RPCError) {
        let members: JSONMembers
        do throws(Failure) {
            members = try JSONMembers(params ?? Bytes("null"))
        } catch {
            throw RPCError(.invalidParams, "The params of \"\(verb.rawValue)\" are an object with the id of a request.")
        }
        guard let id = members["id"] else {
            throw RPCError(.invalidParams, "The params of \"\(verb.rawValue)\" lack the id of a request.")
        }
        guard let number = numbers[id.array], let call = calls[number] else { return }
        switch verb {
        case .next: call.send(members["value"] ?? Bytes("null"))
        case .complete: call.finishSending()
        case .cancel:
            remove(call)
            call.cancel()
            socket.send(text: RPCFrame.cancelled(id: id))
        }
    }

    private func begin(_ request: RPCRequest) throws(RPCError) {
        guard let method = plan.method(named: request.method) else {
            throw RPCError(.unknownMethod, "There is no method \"\(request.method)\".", id: request.id)
        }
        if let id = request.id, numbers[id.array] != nil {
            throw RPCError(.invalidRequest, "A request with this id is under way.", id: id)
        }
        count += 1
        let call = SocketCall(to: .method(method), on: socket, for: self, id: request.id, number: count)
        calls[count] = call
        if let id = request.id { numbers[id.array] = count }
        holdIfFull()
        call.start(CallHead.numbered(count, head))
        if let params = request.params {
            call.send(params)
        } else if !method.takesStream {
            call.send(Bytes("{}"))
        }
        if !method.takesStream { call.finishSending() }
    }

    // MARK: How many

    private func holdIfFull() {
        guard !isHolding, calls.count >= socket.settings.callsAtOnce else { return }
        isHolding = true
        socket.hold()
    }

    private func remove(_ call: SocketCall) {
        calls[call.number] = nil
        answered.remove(call.number)
        if let id = call.id { numbers[id.array] = nil }
        guard isHolding, calls.count < socket.settings.callsAtOnce else { return }
        isHolding = false
        socket.release()
    }
}

extension RPCConversation: SocketCallOwner {
    func received(_ head: borrowing HTTPResponseHead, of call: SocketCall) {
        socket.heed(head)
    }

    func received(_ message: Bytes, of call: SocketCall) {
        guard let id = call.id, !answered.contains(call.number) else { return }
        if call.target.answersStream {
            socket.send(text: RPCFrame.next(message.span, id: id))
        } else {
            answered.insert(call.number)
            socket.send(text: RPCFrame.result(message.span, id: id))
        }
    }

    /// A stream, and an operation that answers nothing, end with the result `null`.
    func ended(_ call: SocketCall, _ failure: Failure?) {
        let isAnswered = answered.contains(call.number)
        remove(call)
        guard let id = call.id, !isAnswered else { return }
        guard let failure else { return socket.send(text: RPCFrame.result(RawSpan(), id: id)) }
        socket.send(
            text: RPCFrame.error(
                code: RPCError.number(of: failure), message: failure.message, data: call.problem(failure).json(), id: id
            ))
    }
}
