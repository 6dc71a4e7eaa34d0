import Buffers
import HTTP
import HTTP1

/// What a reader said of some bytes, in a form that can be compared.
struct Transcript: Equatable {
    struct Message: Equatable {
        var head: String
        var body: [UInt8] = []
        var trailers = ""
        var isWhole = false
    }

    var messages: [Message] = []
    var error: HTTP1Error?

    var wholeCount: Int { messages.count { $0.isWhole } }

    /// Gives a request reader `pieces` one after another.
    static func ofRequests(_ pieces: [[UInt8]], limits: HTTP1Limits = HTTP1Limits()) -> Transcript {
        var reader = RequestReader(limits: limits)
        var head = HTTPRequestHead()
        var transcript = Transcript()
        do throws(HTTP1Error) {
            for piece in pieces {
                var input = Bytes(piece)
                while let event = try reader.next(&input, into: &head) {
                    switch event {
                    case .head:
                        let marks =
                            "\(reader.minorVersion)\(reader.keepsAlive ? "k" : "")\(reader.requestsUpgrade ? "u" : "")"
                        transcript.messages.append(Message(head: describe(head) + marks))
                    case .body(let data): transcript.messages[transcript.messages.count - 1].body += data.array
                    case .end:
                        transcript.messages[transcript.messages.count - 1].trailers = describe(reader.trailers)
                        transcript.messages[transcript.messages.count - 1].isWhole = true
                    }
                    // Whoever reads heads may use the object for something else in between.
                    head.removeAll()
                }
                precondition(input.isEmpty)
            }
        } catch {
            transcript.error = error
        }
        return transcript
    }

    /// Gives a response reader `pieces` one after another, and then the end of the connection if `isClosed`.
    static func ofResponse(
        _ pieces: [[UInt8]], to method: HTTPMethod = .get, allowsUpgrade: Bool = false, isClosed: Bool = false
    ) -> Transcript {
        var reader = ResponseReader()
        reader.begin(method, allowsUpgrade: allowsUpgrade)
        var head = HTTPResponseHead()
        var transcript = Transcript()
        do throws(HTTP1Error) {
            for piece in pieces {
                var input = Bytes(piece)
                while let event = try reader.next(&input, into: &head) {
                    transcript.note(event, head, reader.trailers)
                    head.removeAll()
                }
            }
            if isClosed, let event = try reader.finish() { transcript.note(event, head, reader.trailers) }
        } catch {
            transcript.error = error
        }
        return transcript
    }

    private mutating func note(_ event: ResponseEvent, _ head: HTTPResponseHead, _ trailers: Headers) {
        let text = "\(head.status) \(head.body) " + Self.describe(head.headers)
        switch event {
        case .informational: messages.append(Message(head: "interim " + text))
        case .switchingProtocols: messages.append(Message(head: "switch " + text))
        case .head: messages.append(Message(head: text))
        case .body(let data): messages[messages.count - 1].body += data.array
        case .end:
            messages[messages.count - 1].trailers = Self.describe(trailers)
            messages[messages.count - 1].isWhole = true
        }
    }

    static func describe(_ head: HTTPRequestHead) -> String {
        let target = String(decoding: head.target, as: UTF8.self)
        let authority = String(decoding: head.authority, as: UTF8.self)
        let expects = head.expectsContinue ? " expects" : ""
        return "\(head.method) \(target) @\(authority) \(head.body)\(expects) \(describe(head.headers))"
    }

    static func describe(_ headers: Headers) -> String {
        var out = ByteWriter()
        headers.write(into: &out)
        return String(out.finish()).split(separator: "\r\n").joined(separator: "|")
    }
}

extension Array where Element == UInt8 {
    /// The bytes cut in two at `place`.
    func cut(at place: Int) -> [[UInt8]] { [Array(self[..<place]), Array(self[place...])] }

    var singles: [[UInt8]] { map { [$0] } }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
}
