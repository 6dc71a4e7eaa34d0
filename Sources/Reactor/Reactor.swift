public import Buffers
internal import CLinux
internal import COpenSSL
internal import Glibc

/// The sockets, timers and buffers of one worker, driven by epoll.
///
/// One turn: send what was written, wait, tell the handlers, fire the timers; then the executor runs its jobs. It is
/// not `Sendable`, and everything below is called on its worker only. This module alone makes system calls.
public final class Reactor {
    public let settings: ReactorSettings
    public let loop: EventLoop
    /// Buffers of `settings.readBufferBytes` for whoever needs one.
    public let buffers: BufferPool
    public let timers: TimerWheel
    public let resolver: Resolver
    /// The time, read once per turn.
    public var now: Instant { time }
    /// The actor that this reactor belongs to.
    public internal(set) weak var worker: Worker?

    @exclusivity(unchecked) private var time: Instant
    let poller: Poller
    let tails: BufferPool
    private(set) lazy var tlsBuffers = TLSBuffers()
    let vectors = UnsafeMutableBufferPointer<iovec>.allocate(capacity: 64)
    /// Sockets to look at when the turn ends.
    @exclusivity(unchecked) var dirty: [Socket] = []
    private var atWork: [Socket] = []
    /// Sockets that had their share of a turn and have more to read.
    var waitingToRead: [Socket] = []
    /// All that are not closed: a listener that rests is known to nobody else.
    var listeners: [Listener] = []
    private var turnWork: [any TurnWork] = []
    private var workAtHand: [any TurnWork] = []
    private var attached: [ObjectIdentifier: AnyObject] = [:]
    /// What sockets read into, from `readStart` on; slices of what lies before are still in use.
    @exclusivity(unchecked) private var readBuffer: Slab
    private var readStart = 0
    private var isShutDown = false

    init(loop: EventLoop, settings: ReactorSettings, lookups: LookupPool) throws(ReactorError) {
        self.loop = loop
        self.settings = settings
        time = .current()
        buffers = BufferPool(slabCapacity: max(settings.readBufferBytes, 2 * Reactor.leastRead))
        tails = BufferPool(slabCapacity: SendQueue.tailCapacity)
        readBuffer = buffers.take()
        timers = TimerWheel(start: time)
        poller = try Poller(capacity: settings.eventsPerTurn, wakeDescriptor: loop.wakeDescriptor)
        resolver = Resolver(settings.resolver, run: lookups.run, wake: loop.wake)
    }

    deinit {
        vectors.deallocate()
    }

    // MARK: Sockets

    /// Listens on `address`. Port 0 lets the kernel choose: see `Listener.address`. Several workers may listen on one
    /// port, each with a listener of its own, but only one on a unix socket.
    ///
    /// - Parameter accepted: Gets every connection and sets its `handler`; without one it is reset.
    /// - Throws: `.socket`, `.bind`, `.listen` or `.epoll` with the errno; a unix path that somebody listens on is
    ///   EADDRINUSE.
    public func listen(
        on address: SocketAddress, _ options: ListenOptions = ListenOptions(), accepted: @escaping (Socket) -> Void
    ) throws(ReactorError) -> Listener {
        let descriptor = try Binding.listen(on: address, options)
        let bound = SocketAddress.ask(descriptor, getsockname) ?? address
        do {
            return try Listener(
                reactor: self, descriptor: descriptor, address: bound, tls: options.tls, accepted: accepted)
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Begins to connect. Set the handler of what is returned: it hears `connected`, or `closed` with the error;
    /// what is written before is sent then. To give up after a while, have a timer that calls `abort`.
    public func connect(to address: SocketAddress) -> Socket {
        connect(to: address, nil)
    }

    /// As `connect(to:)`, and then TLS: `connected` is heard when the handshake is done.
    ///
    /// - Parameter serverName: The host name, or address, that the peer's certificate must be for; a name is asked for
    ///   by SNI.
    public func connect(to address: SocketAddress, tls: TLSClientContext, serverName: String) -> Socket {
        let endpoint = TLSEndpoint(name: serverName, address: address)
        let connection = TLSConnection(tls, endpoint, tlsBuffers)
        let socket = connect(to: address, connection)
        if connection == nil { socket.fail(.noTLS) }
        return socket
    }

    private func connect(to address: SocketAddress, _ tls: TLSConnection?) -> Socket {
        let descriptor = dragoman_stream_socket(address.family)
        let created = dragoman_errno()
        let socket = Socket(
            reactor: self, descriptor: descriptor, peer: address, state: [.connecting, .blocked], tls: tls)
        guard descriptor >= 0, !isShutDown else {
            socket.fail(ReactorError(.socket, code: descriptor < 0 ? created : ECANCELED))
            return socket
        }
        if case .ip = address { _ = dragoman_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
        let code = address.withSystem { Glibc.connect(descriptor, $0, $1) == 0 ? 0 : dragoman_errno() }
        if let code, code == 0 || code == EINPROGRESS || code == EINTR {
            register(socket)
        } else {
            socket.fail(ReactorError(.connect, code: code ?? ENAMETOOLONG))
        }
        return socket
    }

    /// False, and the socket fails, when epoll refuses it.
    @discardableResult
    func register(_ socket: Socket) -> Bool {
        do throws(ReactorError) {
            socket.token = try poller.add(socket, for: .stream)
            return true
        } catch {
            socket.fail(error)
            return false
        }
    }

    // MARK: Work

    /// Calls `work` once when this turn ends; a second call within the turn is a second time.
    public func atEndOfTurn(_ work: any TurnWork) {
        turnWork.append(work)
    }

    /// State that a higher module keeps for this worker, found by its type. Not for every request: keep what you found.
    public subscript<State: AnyObject>(type: State.Type) -> State? {
        get { attached[ObjectIdentifier(type)] as? State }
        set { attached[ObjectIdentifier(type)] = newValue }
    }

    /// Runs `operation` as a task of the worker and hands what it returns to `completion`, in a later turn.
    ///
    /// This is how a callback waits for something without being `async` itself.
    @discardableResult
    public func start<Success: Sendable>(
        _ operation: @escaping @Sendable (isolated Worker) async -> Success, completion: @escaping (Success) -> Void
    ) -> Task<Void, Never> {
        let completion = Completion(reactor: self, body: completion)
        return completion.start(operation)
    }

    // MARK: Turns

    /// One turn of the loop.
    func turn(mayWait: Bool) {
        endTurn()
        let isIdle = mayWait && dirty.isEmpty && waitingToRead.isEmpty && turnWork.isEmpty && !loop.isBusy
        let count = poller.wait(isIdle ? patience : 0)
        time = .current()
        for index in 0..<count {
            switch poller.event(at: index) {
            case .ready(let pollable, let readiness): pollable.ready(readiness)
            case .wake: resolver.collect()
            case .nothing: break
            }
        }
        readOn()
        timers.advance(to: time)
    }

    /// Milliseconds until a timer is due; -1 for ever.
    private var patience: Int32 {
        guard let deadline = timers.nextDeadline else { return -1 }
        return Int32(clamping: max(0, deadline.nanoseconds(since: now) + 999_999) / 1_000_000)
    }

    private func readOn() {
        if waitingToRead.isEmpty { return }
        let sockets = waitingToRead
        waitingToRead = []
        for socket in sockets { socket.readOn() }
    }

    /// Sends what was written. What the handlers write meanwhile is for the end of the next turn, which then does not
    /// wait: no chain of callbacks can keep the loop here.
    private func endTurn() {
        if !turnWork.isEmpty {
            swap(&turnWork, &workAtHand)
            for work in workAtHand { work.turnEnds() }
            workAtHand.forgetAll()
        }
        if !dirty.isEmpty {
            swap(&dirty, &atWork)
            for socket in atWork { socket.endTurn() }
            atWork.forgetAll()
        }
        reclaimReadBuffer()
    }

    /// Ends everything; the loop makes no more turns.
    func shutDown() {
        isShutDown = true
        for listener in listeners { listener.close() }
        endTurn()
        for pollable in poller.watched { pollable.shutDown() }
        resolver.shutDown()
        endTurn()
        for pollable in poller.watched { (pollable as? Socket)?.abort() }
        // Handlers may answer with new sockets, which fail at once; that need not go on for ever.
        for _ in 0..<8 where !dirty.isEmpty { endTurn() }
        // They refer to this reactor, which would keep both.
        dirty = []
        waitingToRead = []
        attached = [:]
        // What OpenSSL keeps for this thread goes before anybody hears that the loop has ended, and ends the process.
        OPENSSL_thread_stop()
    }

    // MARK: The read buffer

    /// Less room than this is not worth a system call.
    private static let leastRead = 16 * 1024

    /// Makes sure that there is room to read into, and returns how much.
    func openReadBuffer() -> Int {
        if readBuffer.capacity &- readStart < Reactor.leastRead {
            readBuffer = buffers.take()
            readStart = 0
        }
        return readBuffer.capacity &- readStart
    }

    var readPointer: UnsafeMutableRawPointer {
        readBuffer.base + readStart
    }

    /// The `count` bytes that were just read.
    func takeRead(_ count: Int) -> Bytes {
        defer { readStart &+= count }
        return Bytes(slab: readBuffer, offset: readStart, count: count)
    }

    /// Starts over if nobody keeps what was read, so that the buffer stays in the cache.
    func reclaimReadBuffer() {
        if isKnownUniquelyReferenced(&readBuffer) { readStart = 0 }
    }
}

extension Array {
    /// Forgets what is in it and keeps the memory. One by one: it is little nearly always, and the generic way costs more.
    fileprivate mutating func forgetAll() {
        while !isEmpty { removeLast() }
    }
}
