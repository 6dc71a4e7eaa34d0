public import Buffers
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
        if let socket = sockets[id] { return socket.isOpen ? .open(socket) : .connecting }
        return ended[id].map { .closed($0) }
    }

    public var count: Int { sockets.count }

    /// Those of this worker that are open.
    public func members(of group: String) -> [any AddressedSocket] { open(groups[group]) }

    /// The sockets of one user of this worker that are open.
    public func sockets(of user: String) -> [any AddressedSocket] { open(users[user]) }

    private func open(_ ids: Set<SocketID>?) -> [any AddressedSocket] {
        (ids ?? []).compactMap { sockets[$0] }.filter(\.isOpen)
    }

    // MARK: Groups

    /// Makes the socket a member; false when it is not open, or a member already.
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
    case connecting
    case open(any AddressedSocket)
    case closed(SocketEnd)
}

/// How a socket ended.
public struct SocketEnd: Sendable {
    /// The code of the last Close frame; 1006 when there was none (RFC 6455 §7.1.5).
    public let code: Int
    /// Seconds since 1970.
    public let time: Int64

    public init(code: Int, time: Int64) {
        self.code = code
        self.time = time
    }
}

/// A client's socket, as others than the client see it. Lives on the worker of its directory.
public protocol AddressedSocket: AnyObject {
    var isOpen: Bool { get }
    var groups: Set<String> { get set }
    /// Whose it is, if that is known.
    var user: String? { get }
    /// What it is and how it does.
    var facts: SocketFacts { get }
    /// Sends the client a message; false when it takes in so little that there is no room for it.
    func push(_ payload: Bytes, isText: Bool) -> Bool
    func close(code: Int, reason: String)
    /// Closes it at `instant`, if it is still there.
    func close(at instant: Instant, code: Int, reason: String)
}

/// How a socket does.
public struct SocketFacts: Sendable {
    public var route: String
    public var address: String
    /// Seconds since 1970.
    public var openedAt: Int64
    public var messagesReceived: Int
    public var messagesSent: Int
    public var bytesReceived: Int
    public var bytesSent: Int
    /// Bytes that wait for the client.
    public var queuedBytes: Int

    public init(route: String, address: String, openedAt: Int64) {
        self.route = route
        self.address = address
        self.openedAt = openedAt
        messagesReceived = 0
        messagesSent = 0
        bytesReceived = 0
        bytesSent = 0
        queuedBytes = 0
    }
}
