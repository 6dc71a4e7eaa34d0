internal import Buffers
internal import JSONCodec

/// What a client gets whose message has failed: `{"id":…,"seq":…,"status":…,"problem":{…}}`, with the message's own `id`
/// where it has one.
enum ErrorFrame {
    static func make(_ problem: ProblemDocument, id: Bytes?, number: Int) -> Bytes {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            if let id {
                json.name("id")
                json.raw(id.span)
            }
            json.member("seq", number)
            json.member("status", problem.status)
            json.name("problem")
            json.raw(problem.json().span)
        }
        return json.finish()
    }
}
