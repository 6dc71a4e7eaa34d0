internal import Buffers
internal import Engine
internal import HTTP
internal import HTTP1
internal import Reactor

extension HTTP1ServerConnection: ClientStream {
    var isWritable: Bool { socket.isWritable }

    func send(_ part: consuming HTTPResponsePart) {
        switch consume part {
        case .interim(let head):
            if rules.minorVersion > 0 { socket.write { _ = head.write(into: &$0, answering: rules) } }
        case .head(let head): begin(consume head)
        case .body(let bytes): write(bytes)
        case .end(let trailers): finish(trailers)
        }
        if !socket.isWritable { watchWriting() }
    }

    private func begin(_ head: consuming HTTPResponseHead) {
        if head.status == 101 { return open(&head) }
        // The rest of a long request will not be read: the connection cannot go on.
        if call?.hasWholeRequest != true, !canDropBody { isLast = true }
        if listener.isDraining { isLast = true }
        if isLast { rules.keepsAlive = false }
        if !head.headers.contains(.date) {
            let date = listener.date
            head.headers.append(.date, date.span.bytes)
        }
        var framing: BodyWriter?
        socket.write { framing = head.write(into: &$0, answering: rules) }
        listener.heads.give(&head.headers)
        self.framing = framing
        if framing?.endsAtClose == true || !rules.keepsAlive { isLast = true }
    }

    /// Opens the tunnel: from here on the connection carries the bytes of the other protocol.
    private func open(_ head: inout HTTPResponseHead) {
        guard case .wanted(let accept) = tunnel else { return abort() }
        tunnel = .open
        isLast = true
        head.headers.set(.upgrade, "websocket")
        head.headers.set(.secWebSocketAccept, accept.span.bytes)
        socket.write { framing = head.write(into: &$0, answering: rules) }
        // What the client has sent meanwhile can go on, once the call has done its work.
        socket.reactor.atEndOfTurn(self)
    }

    private func write(_ bytes: Bytes) {
        guard var framing, !framing.isBodiless else { return }
        do throws(HTTP1Error) {
            try socket.write(bytes, framedBy: &framing)
            self.framing = framing
        } catch {
            socket.abort()
        }
    }

    private func finish(_ trailers: Headers?) {
        guard var framing else { return socket.abort() }
        do throws(HTTP1Error) {
            try socket.endBody(framedBy: &framing, trailers)
        } catch {
            return socket.abort()
        }
        socket.reactor.atEndOfTurn(self)
    }

    /// What was sent still leaves where the client can see that more should follow: the body says where it ends. One that
    /// ends with the connection is reset.
    func abort() {
        guard let framing, !framing.endsAtClose else { return socket.abort() }
        isLast = true
        socket.reactor.atEndOfTurn(self)
    }

    func pauseReading() { pause() }
    func resumeReading() { resume() }
}
