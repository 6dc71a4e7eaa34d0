internal import Buffers
internal import Canonical
internal import JSONCodec

/// The frames that clients get.
///
/// Source: JSON-RPC 2.0, §5; the notification `next` is ours, for the messages of a stream.
enum RPCFrame {
    /// - Parameter value: One whole JSON value; `null` where it is empty.
    static func result(_ value: RawSpan, id: Bytes) -> Bytes {
        var out = ByteWriter(capacity: value.byteCount + id.count + 48)
        out.append(#"{"jsonrpc":"2.0","id":"#)
        out.append(id)
        out.append(#","result":"#)
        append(value, to: &out)
        out.append("}")
        return out.finish()
    }

    /// One message of a stream.
    static func next(_ value: RawSpan, id: Bytes) -> Bytes {
        var out = ByteWriter(capacity: value.byteCount + id.count + 64)
        out.append(#"{"jsonrpc":"2.0","method":"next","params":{"id":"#)
        out.append(id)
        out.append(#","value":"#)
        append(value, to: &out)
        out.append("}}")
        return out.finish()
    }

    /// - Parameter id: nil is `null`: the request's own could not be read.
    static func error(code: Int, message: String, data: Bytes?, id: Bytes?) -> Bytes {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("jsonrpc", "2.0")
            json.name("id")
            if let id { json.raw(id.span) } else { json.null() }
            json.member("error") { json in
                json.object { json in
                    json.member("code", code)
                    json.member("message", message)
                    if let data {
                        json.name("data")
                        json.raw(data.span)
                    }
                }
            }
        }
        return json.finish()
    }

    /// What a request comes to that its client has cancelled.
    static func cancelled(id: Bytes) -> Bytes {
        error(
            code: -32000 - FailureCode.canceled.rawValue, message: "The client cancelled the call.", data: nil, id: id)
    }

    private static func append(_ value: RawSpan, to out: inout ByteWriter) {
        if value.byteCount == 0 { out.append("null") } else { out.append(value) }
    }
}
