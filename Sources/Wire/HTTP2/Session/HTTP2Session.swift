internal import Buffers
internal import CNGHTTP2
internal import HTTP

/// One HTTP/2 connection, either role, without its socket: bytes in, events out; messages in, bytes out (RFC 9113).
///
/// nghttp2 keeps the protocol's state, HPACK and the windows. What this class adds is what nghttp2 leaves to others: every
/// frame is judged before nghttp2 sees it (floods, closed streams, header blocks too large), heads are checked so strictly
/// that they can be written as HTTP/1, bodies are measured against Content-Length, and data is counted as read only when
/// the handler says so, which is how back-pressure travels end to end.
///
/// It does no I/O and knows no clock: times are nanoseconds of any monotonic one. Per connection there is this object and
/// nghttp2's; a frame costs no allocation here, a stream none once as many have been open at once.
///
///     idle → open → half-closed → closed → released     each stream; the slot is free when it is released, too
///     running → draining → finished                     the session
///     any → failed → finished
public final class HTTP2Session {
    public enum Role: Sendable {
        case server, client
    }

    /// Where in the input the session is.
    enum Phase {
        /// So many bytes of the client's preface have come.
        case preface(Int)
        /// So many bytes of a frame's header have come.
        case header(Int)
        /// So many bytes of a frame are still to come, for nghttp2.
        case payload(Int)
        /// So many bytes of a PRIORITY frame are still to come, for nobody.
        case priority(Int)
    }

    /// The header block that is being decoded.
    struct Block {
        enum Kind {
            case request, response, trailers
        }

        let kind: Kind
        let stream: HTTP2StreamID
    }

    public let role: Role
    let limits: HTTP2Limits
    // The handler owns the session.
    unowned let handler: any HTTP2SessionHandler
    let session: OpaquePointer
    private let memory: HTTP2Memory

    var streams = StreamTable()
    /// What `slot(of:)` found last.
    private var lastSlot = 0
    /// The time of the last call.
    var now: Int64 = 0
    /// nghttp2 is at work: it must not be called again.
    var isWorking = false
    /// Why the connection cannot go on.
    public internal(set) var failure: HTTP2Error?
    var hasReportedFailure = false

    // Receiving.
    var phase: Phase
    /// A frame header that has not come in one piece.
    var partialHeader = [9 of UInt8](repeating: 0)
    /// What is being received; data is sliced from it.
    var input = Bytes()
    /// The stream whose header block is not whole; 0 for none.
    var blockStream: Int32 = 0
    var blockBytes = 0
    var blockContinuations = 0
    /// The stream of the PRIORITY frame that is being read, and the one that it depends on.
    var priorityStream: Int32 = 0
    var priorityDependency: UInt32 = 0
    var hasSettings = false
    /// The highest stream that the peer has opened, and the streams below it that were passed over.
    var lastPeerStream: Int32 = -1
    var passedOver: Range<Int32> = 0..<0
    var recentResets = RecentResets()
    var resets: Budget
    var glitches: Budget
    /// WINDOW_UPDATE frames that the peer has good reason to send.
    var windowUpdatesDue = 16
    var pingsSent = 0

    // Heads.
    var block: Block?
    var requestBuilder = RequestHeadBuilder()
    var responseBuilder = ResponseHeadBuilder()
    var trailerBuilder = TrailerBuilder()

    // Sending.
    var out = ByteWriter()
    var outLimit = 0
    /// A piece of data that goes behind `out`, by reference.
    var piece: Bytes?
    /// Data that waits in all streams.
    public internal(set) var queuedBytes = 0
    /// Slots of streams that became writable again.
    var drained: [Int] = []
    /// The connection queued more than it may since it last queued half of that.
    var wasFull = false
    /// Decimal digits while a head is submitted: the status, then a length.
    let digits = UnsafeMutableRawPointer.allocate(byteCount: 32, alignment: 8)
    var isDraining = false
    var hasFinalGoAway = false
    /// The last stream that our final GOAWAY says is served.
    var lastServedStream = Int32.max

    /// - Parameters:
    ///   - handler: Is not kept alive, and must live as long as the session is used.
    ///   - memory: What all sessions of the worker share.
    public init(
        _ role: Role, handler: any HTTP2SessionHandler, limits: HTTP2Limits = HTTP2Limits(),
        memory: HTTP2Memory = HTTP2Memory()
    ) {
        self.memory = memory
        self.role = role
        self.handler = handler
        self.limits = limits
        phase = role == .server ? .preface(0) : .header(0)
        resets = Budget(limits.resetBurst, perSecond: limits.resetsPerSecond)
        glitches = Budget(limits.glitches, perSecond: limits.glitchesPerSecond)
        session = SessionFactory.make(role, limits, memory)
        nghttp2_session_set_user_data(session, Unmanaged.passUnretained(self).toOpaque())
        SessionFactory.submitSettings(session, role, limits)
    }

    deinit {
        nghttp2_session_del(session)
        digits.deallocate()
    }

    // MARK: State

    /// Whether there is something for `send` to write. Data that flow control holds back does not count.
    public var wantsToSend: Bool { piece != nil || nghttp2_session_want_write(session) != 0 }

    /// Whether all is said and done: the connection should be closed once what `send` gave is sent.
    public var isFinished: Bool {
        !wantsToSend && (failure != nil || nghttp2_session_want_read(session) == 0)
    }

    /// Streams that are open, or closed and not released yet.
    public var openStreams: Int { streams.count }

    /// Whether the peer has said that it has our settings. One that never does is worth a timeout (SETTINGS_TIMEOUT).
    public internal(set) var hasAcknowledgedSettings = false

    /// Whether the stream takes more data before `drained`. Writing more is possible, only unwise.
    public func isWritable(_ stream: HTTP2StreamID) -> Bool {
        streams.contains(stream) && streams[stream.slot].flags.isDisjoint(with: [.isFull, .closed, .isReset])
    }

    /// Data of the stream that waits to be sent.
    public func queuedBytes(_ stream: HTTP2StreamID) -> Int {
        streams.contains(stream) ? streams[stream.slot].queue.count : 0
    }

    /// Whether data waits for the peer to open its window: what a slow reader does, and an attacker.
    public func isHeldBack(_ stream: HTTP2StreamID) -> Bool {
        guard queuedBytes(stream) > 0 else { return false }
        return nghttp2_session_get_remote_window_size(session) <= 0
            || nghttp2_session_get_stream_remote_window_size(session, stream.number) <= 0
    }

    /// The slot of a stream that nghttp2 knows.
    func slot(of number: Int32) -> Int? {
        // Most questions are about the stream of the last one.
        if streams.isOpen(lastSlot, number) { return lastSlot }
        guard let mark = nghttp2_session_get_stream_user_data(session, number) else { return nil }
        let slot = Int(bitPattern: mark) &- 1
        guard streams.isOpen(slot, number) else { return nil }
        lastSlot = slot
        return slot
    }

    /// How a slot is known to nghttp2, where nil means none.
    static func mark(_ slot: Int) -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: slot &+ 1)
    }

    // MARK: The end

    /// Ends the connection with GOAWAY; nothing that comes is read any more.
    func fail(_ error: HTTP2Error) {
        guard failure == nil else { return }
        failure = error
        nghttp2_session_terminate_session(session, error.code.rawValue)
    }

    /// Tells the handler what could not be told while nghttp2 was at work.
    func settle() {
        if let failure, !hasReportedFailure {
            hasReportedFailure = true
            handler.failed(failure)
            closeAll()
        }
        while let slot = drained.popLast() {
            guard streams[slot].number != 0, streams[slot].flags.isDisjoint(with: [.isFull, .silent, .closed]) else {
                continue
            }
            handler.drained(streams.name(of: slot))
        }
    }

    /// The connection ended: so do all streams.
    func closeAll() {
        for slot in streams.states.indices where streams[slot].number != 0 {
            let wasClosed = streams[slot].flags.contains(.closed)
            forgetQueue(slot)
            streams[slot].flags.insert(.closed)
            if !wasClosed { report(slot, .lost) }
            streams.freeIfDone(slot)
        }
    }

    /// Tells the handler of a stream's end, once; of a stream that it has not heard of, never.
    func report(_ slot: Int, _ end: HTTP2StreamEnd) {
        guard streams[slot].flags.insert(.silent).inserted else { return }
        if role == .server, !streams[slot].flags.contains(.hasHead) {
            streams[slot].flags.insert(.released)
        } else {
            handler.closed(streams.name(of: slot), end)
        }
    }

    func forgetQueue(_ slot: Int) {
        queuedBytes &-= streams[slot].queue.count
        streams[slot].queue.removeAll()
        streams[slot].trailers = nil
        noteRoom()
    }
}
