internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// The message of an operation that is called because a socket opens: what its address says.
enum CallInput {
    /// The parameters of the path and of the query that the operation has fields for, as a JSON object.
    static func make(of head: borrowing HTTPRequestHead, _ context: CallContext, for method: SocketMethod) -> Bytes {
        var json = JSONWriter()
        json.object { json in
            var seen: Set<String> = []
            for (name, value) in pathParameters(context) + queryParameters(head) {
                guard let isText = method.takesText(in: name), seen.insert(name).inserted else { continue }
                if isText { json.member(name, value) } else { writeBare(value, as: name, into: &json) }
            }
        }
        return json.finish()
    }

    /// A number, `true` or `false` goes as it is; what is none of them goes as text, for the reader to refuse.
    private static func writeBare(_ value: String, as name: String, into json: inout JSONWriter) {
        if (try? JSONMembers(Bytes("{\"v\":\(value)}")))?.names == ["v"] {
            json.name(name)
            json.raw(Bytes(value).span)
        } else {
            json.member(name, value)
        }
    }

    private static func pathParameters(_ context: CallContext) -> [(String, String)] {
        let names = context.route?.match.path.captureNames ?? []
        return zip(names, context.captures.ranges).compactMap { name, range in
            let text = Array(context.path[range])
            return QueryString.decode(text.span.bytes, plusIsSpace: false).map { (name, $0) }
        }
    }

    private static func queryParameters(_ head: borrowing HTTPRequestHead) -> [(String, String)] {
        let target = head.target
        guard let mark = target.firstIndex(of: 0x3F) else { return [] }
        let query = Array(target[(mark + 1)...])
        return QueryString(query.span.bytes)?.parameters ?? []
    }
}
