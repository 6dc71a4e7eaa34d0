internal import Buffers
internal import Canonical
internal import JSONCodec

/// JSON-RPC 2.0 as our own sockets speak it, from the other end (docs/websocket.md).
struct RPCStyle: SocketStyle {
    private let reader = ServiceErrorReader()

    var isShared: Bool { true }

    func check(_ operation: Operation, named name: String, in schema: Schema) throws(Diagnostic) {}

    // MARK: Requests

    func begin(
        _ operation: Operation, named name: String, _ message: Bytes?, id: UInt
    ) throws(Failure) -> Bytes? {
        var out = ByteWriter(capacity: (message?.count ?? 0) + name.utf8.count + 64)
        out.append(#"{"jsonrpc":"2.0","#)
        if operation.interaction != .oneWay {
            out.append(#""id":"#)
            out.append(decimal: id)
            out.append(",")
        }
        out.append(#""method":"#)
        out.append(json: name)
        if let message {
            out.append(#","params":"#)
            out.append(message)
        }
        out.append("}")
        return out.finish()
    }

    func next(_ message: Bytes, named name: String, id: UInt) throws(Failure) -> Bytes {
        RPCFrame.next(message.span, id: Bytes(String(id)))
    }

    func complete(named name: String, id: UInt) -> Bytes? { notification("complete", id) }
    func cancel(id: UInt) -> Bytes? { notification("cancel", id) }

    private func notification(_ method: StaticString, _ id: UInt) -> Bytes {
        var out = ByteWriter(capacity: 80)
        out.append(#"{"jsonrpc":"2.0","method":""#)
        out.append(method)
        out.append(#"","params":{"id":"#)
        out.append(decimal: id)
        out.append("}}")
        return out.finish()
    }

    // MARK: Answers

    func read(_ text: Bytes) throws(Failure) -> SocketReply {
        let members = try JSONMembers(text, origin: .upstream)
        if let method = members.text(of: "method") {
            guard method == "next", members["id"] == nil, let params = members["params"] else {
                throw .strangeMessage("a request for \"\(method)\"")
            }
            let inner = try JSONMembers(params, origin: .upstream)
            return SocketReply(id: inner.callID(of: "id"), value: inner["value"] ?? Bytes("null"))
        }
        let id = members.callID(of: "id")
        if let error = members["error"], !error.isNull {
            return SocketReply(id: id, isLast: true, failure: reader.failure(rpc: error))
        }
        guard let result = members["result"] else { throw .strangeMessage("neither a result nor an error") }
        return SocketReply(id: id, value: result, isEmpty: result.isNull, isLast: true)
    }
}

extension JSONMembers {
    /// The member `name` as the id of a call of ours; nil for anything else.
    func callID(of name: String) -> UInt? { text(of: name).flatMap { UInt($0) } }
}

extension Bytes {
    /// Whether the JSON text is the word `text`.
    func says(_ text: StaticString) -> Bool { span.equals(text) }

    /// Whether it is the JSON text `null`.
    var isNull: Bool { says("null") }
}
