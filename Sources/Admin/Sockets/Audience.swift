internal import Engine

/// Sockets that are spoken to together.
struct Audience: Sendable {
    enum Kind: String, Sendable {
        case group, user

        func audience(_ request: AdminRequest) -> Audience { Audience(kind: self, name: request["name"]) }
    }

    let kind: Kind
    let name: String

    /// Those of one worker that are open.
    func members(in sockets: SocketDirectory) -> [any AddressedSocket] {
        switch kind {
        case .group: sockets.members(of: name)
        case .user: sockets.sockets(of: name)
        }
    }
}
