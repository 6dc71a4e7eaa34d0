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
            socket.write { writer.writeInterim(head, into: &$0) }
        case .head(let head):
            // The rest of a long request will not be read: the connection cannot go on.
            if call?.hasWholeRequest != true, !canDropBody { isLast = true }
            if listener.isDraining { isLast = true }
            socket.write { writer.writeHead(head, keepAlive: !isLast, date: listener.date, into: &$0) }
            if !writer.keepsAlive { isLast = true }
        case .body(let bytes): write(bytes)
        case .end(let trailers):
            socket.write { writer.writeEnd(trailers, into: &$0) }
            isResponseDone = true
            advance()
        }
        if !socket.isWritable { watchWriting() }
    }

    /// Small pieces are copied next to their framing, large ones go by reference between it.
    private func write(_ bytes: Bytes) {
        if writer.isChunked {
            socket.write { HTTP1.writeChunkHeader(bytes.count, into: &$0) }
            socket.write(bytes)
            socket.write { HTTP1.writeChunkEnd(into: &$0) }
        } else {
            socket.write(bytes)
        }
    }

    func abort() {
        socket.abort()
    }

    func pauseReading() { pause() }
    func resumeReading() { resume() }
}
