internal import Engine
internal import JSONCodec
internal import Reactor

/// What is told of one socket.
struct SocketReport: Sendable {
    private let id: String
    private let isOpen: Bool
    private let user: String?
    private let groups: [String]
    private let facts: SocketFacts

    init(_ id: SocketID, _ socket: any AddressedSocket) {
        self.id = id.text
        isOpen = socket.stage == .open
        user = socket.user
        groups = socket.groups.sorted()
        facts = socket.facts
    }

    private var since: String { WallTime(seconds: facts.openedAt).timestamp }

    /// What tells sockets apart.
    func writeSummary(_ json: inout JSONWriter) {
        json.member("id", id)
        json.member("state", isOpen ? "open" : "connecting")
        json.member("since", since)
        json.member("route", facts.route)
        json.member("remote", facts.address)
        if let user { json.member("user", user) }
        json.member("groups") { json in
            json.array { json in
                for group in groups { json.value(group) }
            }
        }
    }

    func write(_ json: inout JSONWriter) {
        writeSummary(&json)
        let traffic = [
            ("received", facts.messagesReceived, facts.bytesReceived), ("sent", facts.messagesSent, facts.bytesSent),
        ]
        for (name, messages, bytes) in traffic {
            json.member(name) { json in
                json.object { json in
                    json.member("messages", messages)
                    json.member("bytes", bytes)
                }
            }
        }
        json.member("queued", facts.queuedBytes)
    }

    /// The members that Amazon's API Gateway has for it.
    func writeAsAWS(_ json: inout JSONWriter) {
        json.member("connectedAt", since)
        json.member("identity") { json in
            json.object { json in json.member("sourceIp", facts.address) }
        }
    }
}
