public import Reactor

/// The sockets of one worker by their names, for whoever wants to send them something: the push API.
public final class SocketDirectory {
    /// Names that are over are remembered, so that they can be told from those that never were; this many.
    private static let mostRemembered = 10_000

    private let reactor: Reactor
    /// Makes the names of this node.
    public let key: SocketKey
    private let worker: Int
    private var sockets: [SocketID: any AddressedSocket] = [:]
    private var groups: [String: Set<SocketID>] = [:]
    private var users: [String: Set<SocketID>] = [:]
    private var ended: [SocketID: SocketEnd] = [:]
    /// In the order of their ends.
    private var remembered: [SocketID] = []
    private var oldest = 0

    /// - Parameter worker: Which of the node's workers this is.
    public init(reactor: Reactor, key: SocketKey, worker: Int) {
        self.reactor = reactor
        self.key = key
        self.worker = worker
    }

    // MARK: Coming and going

    /// A name for a socket that is being opened; it can be looked up from here on.
    public func add(_ socket: any AddressedSocket, user: String?) -> SocketID {
        let id = SocketID(worker: worker, random: Entropy.bytes(16), key: key)
        sockets[id] = socket
        if let user { users[user, default: []].insert(id) }
        return id
    }

    /// The socket is over.
    public func remove(_ id: SocketID, _ end: SocketEnd) {
        guard let socket = sockets.removeValue(forKey: id) else { return }
        for group in socket.groups { leave(group, id) }
        if let user = socket.user { Self.remove(id, from: user, in: &users) }
        ended[id] = end
        remembered.append(id)
        guard remembered.count - oldest > Self.mostRemembered else { return }
        ended[remembered[oldest]] = nil
        oldest += 1
        if oldest > Self.mostRemembered { (remembered, oldest) = (Array(remembered[oldest...]), 0) }
    }

    // MARK: Looking up

    /// What is known of a name of this worker; nil when that is nothing.
    public func state(of id: SocketID) -> SocketState? {
        guard let socket = sockets[id] else { return ended[id].map { .closed($0) } }
        switch socket.stage {
        case .opening: return .connecting(socket)
        case .open: return .open(socket)
        case .closing(let code): return .closed(SocketEnd(code: code, time: WallTime.current().seconds))
        }
    }

    /// Those that are not over.
    public var count: Int { sockets.count }

    /// Some of those that are not over, `limit` at most, in no order.
    public func some(_ limit: Int) -> [(id: SocketID, socket: any AddressedSocket)] {
        sockets.prefix(limit).map { (id: $0.key, socket: $0.value) }
    }

    /// Those of this worker that are open.
    public func members(of group: String) -> [any AddressedSocket] { open(groups[group]) }

    /// The sockets of one user of this worker that are open.
    public func sockets(of user: String) -> [any AddressedSocket] { open(users[user]) }

    private func open(_ ids: Set<SocketID>?) -> [any AddressedSocket] {
        (ids ?? []).compactMap { sockets[$0] }.filter { $0.stage == .open }
    }

    // MARK: Groups

    /// Makes the socket a member, also one that is not open yet; false when it is over, or a member already.
    @discardableResult
    public func join(_ group: String, _ id: SocketID) -> Bool {
        guard let socket = sockets[id], socket.groups.insert(group).inserted else { return false }
        groups[group, default: []].insert(id)
        return true
    }

    @discardableResult
    public func leave(_ group: String, _ id: SocketID) -> Bool {
        sockets[id]?.groups.remove(group)
        return Self.remove(id, from: group, in: &groups)
    }

    @discardableResult
    private static func remove(_ id: SocketID, from name: String, in table: inout [String: Set<SocketID>]) -> Bool {
        guard table[name]?.remove(id) != nil else { return false }
        if table[name]?.isEmpty == true { table[name] = nil }
        return true
    }

    // MARK: The end

    /// Closes every socket with 1012, "service restart" (RFC 6455's registry), one after the other over `period`: so
    /// their clients do not all come back at once.
    public func drain(over period: Duration) {
        let all = Array(sockets.values)
        let step = period.nanoseconds / Int64(max(all.count, 1))
        for (place, socket) in all.enumerated() {
            socket.close(at: reactor.now.advanced(byNanoseconds: step * Int64(place)), code: 1012, reason: "restart")
        }
    }
}

/// What is known of a socket.
public enum SocketState {
    /// It will be open soon, or will be refused.
    case connecting(any AddressedSocket)
    case open(any AddressedSocket)
    case closed(SocketEnd)
}

/// How a socket ended.
public struct SocketEnd: Sendable, Equatable {
    /// The code of the last Close frame; 1006 when there was none (RFC 6455 §7.1.5).
    public let code: Int
    /// Seconds since 1970.
    public let time: Int64

    public init(code: Int, time: Int64) {
        self.code = code
        self.time = time
    }
}
