internal import Buffers
public import Canonical
public import HTTP
internal import Reactor

/// One client request on its way to an upstream and back: the heart of the gateway.
///
/// The listener gives it the request (`start`, `receive`), the upstream's connection gives it the answer (`deliver`), and
/// `fail` is the only way to fail. All of it happens on one worker. Calls are reused: once over, a call goes back to its
/// gateway with the memory of its heads. Back-pressure is two verbs, `pauseReading` and `resumeReading`, passed from each
/// side to the other.
public final class Call {
    /// The request's head; the listener parses it in place.
    public var request = HTTPRequestHead()
    public let context = CallContext()

    private unowned let gateway: Gateway
    // Of the gateway; an unowned reference costs more than these do.
    private let reactor: Reactor
    /// What the call obeys, from its start to its end.
    private(set) var plan: PlanState
    private let stallTimeout: Int64
    private let observer: (any CallObserver)?
    private var record = CallRecord()
    private var client: (any ClientStream)?
    private var state = CallState()

    private var face: (any HTTPFace)?
    private var translator: (any HTTPUpstream)?
    /// Answers in place of an upstream.
    private var service: (any LocalService)?
    /// Opens the stream in place of an upstream.
    private var local: (any LocalUpstream)?
    private var requestParts = Outbox<RequestPart>()
    private var upstreamParts = Outbox<HTTPRequestPart>()
    private var responseParts = Outbox<ResponsePart>()
    private var clientParts = Outbox<HTTPResponsePart>()

    private var upstream: UpstreamState?
    private var stream: (any UpstreamStream)?
    private var endpoint: Int?
    /// Where the attempt before this one failed.
    private var avoided: Int?
    private var attempt = Attempt()
    private var isClientPaused = false
    private var isUpstreamPaused = false
    /// How long the upstream may take to answer; nanoseconds.
    private var timeout: Int64 = 0
    /// When the client's own patience ends.
    private var deadline = Instant.distantFuture
    private let timer: Timer

    init(gateway: Gateway) {
        self.gateway = gateway
        reactor = gateway.reactor
        plan = gateway.current
        stallTimeout = gateway.stallTimeout
        observer = gateway.observer
        timer = Timer(reactor.timers)
        timer.whenDue { [unowned self] in self.timedOut() }
    }

    // MARK: From the client

    /// The request's head is in `request`: finds its route and begins.
    ///
    /// - Parameter refusal: Why the listener will not have it served; it is answered then.
    public func start(on stream: any ClientStream, from client: ClientIdentity, refusal: Failure? = nil) {
        attach(stream, client, gateway.current)
        var head = HTTPRequestHead()
        swap(&head, &request)
        if let refusal = refusal ?? plan.plan.admission?.refusal(of: head) { return fail(refusal) }
        do throws(Failure) {
            let route = try matchRoute(for: &head)
            try begin(route, consume head)
        } catch {
            fail(error)
        }
    }

    /// Begins a call that the gateway makes for a client of its own, such as a message of a socket: where it goes is known.
    ///
    /// - Parameters:
    ///   - plan: The one that `route` is of.
    ///   - face: In place of the route's own.
    public func start(
        on stream: any ClientStream, from client: ClientIdentity, by route: Route, of plan: PlanState,
        face: any HTTPFace
    ) {
        attach(stream, client, plan)
        do throws(Failure) {
            var head = HTTPRequestHead()
            swap(&head, &request)
            try begin(route, consume head, as: face)
        } catch {
            fail(error)
        }
    }

    private func attach(_ stream: any ClientStream, _ client: ClientIdentity, _ plan: PlanState) {
        self.plan = plan
        self.client = stream
        context.client = client
        record.method = request.method
        record.start = reactor.now
        takeRequestID()
    }

    /// What follows the head: body and end.
    public func receive(_ part: consuming HTTPRequestPart) {
        guard !state.isOver else { return }
        if case .end = part { state.requestEnded() }
        guard let face else { return }
        if stream != nil { awaitUpstream() }
        do throws(Failure) {
            try face.decode(part, into: &requestParts)
            while !requestParts.isEmpty { try forward(requestParts.removeFirst()) }
        } catch {
            fail(error)
        }
    }

    /// The client is gone, or its request turned out to be malformed and has been answered.
    public func cancel() {
        record.wasAbandoned = true
        end()
    }

    /// What was sent to the client has drained.
    public func clientDrained() {
        if service != nil { upstreamDrained() }
        guard isUpstreamPaused else { return }
        isUpstreamPaused = false
        awaitUpstream()
        stream?.resumeReading()
    }

    /// Whether the request goes on as it comes. Else its body is being gathered, and what that takes is the client's time.
    public var isStreaming: Bool { stream != nil || service != nil }
    /// Whether the whole request has been received.
    public var hasWholeRequest: Bool { state.request == .whole }
    public var isOver: Bool { state.isOver }

    // MARK: The one funnel

    /// Ends the call with `failure`: renders it through the face while nothing has left, breaks the response off visibly
    /// otherwise.
    public func fail(_ failure: Failure) {
        guard !state.isOver else { return }
        record.failure = failure
        stream?.cancel()
        detachUpstream()
        clientParts.removeAll()
        do throws(Failure) {
            if let face {
                try face.encode(.end(.failure(failure)), into: &clientParts)
            } else {
                plan.plan.failures.render(
                    failure, requestID: String(decoding: context.requestID, as: UTF8.self), into: &clientParts)
            }
            sendToClient()
        } catch {
            // What the face says before it breaks off still goes out.
            sendToClient()
            client?.abort()
        }
        end()
    }

    // MARK: Request side

    private func takeRequestID() {
        if RequestID.take(from: request.headers, into: &context.requestID) { return }
        gateway.makeRequestID(into: &context.requestID)
        let id = context.requestID
        request.headers.set(.xRequestID, id.span.bytes)
    }

    private func begin(
        _ route: Route, _ head: consuming HTTPRequestHead, as face: (any HTTPFace)? = nil
    ) throws(Failure) {
        context.route = route
        if head.wantsTunnel {
            guard route.carriesTunnels else { throw .noTunnel }
            context.isTunnel = true
        }
        switch route.action {
        case .answer(let answer): send(answer)
        case .serve(let faces, let services):
            service = services.makeService(context)
            try begin(face ?? faces.makeFace(context), consume head)
        case .host(let faces, let translators, let local):
            self.translator = translators.makeUpstream(context)
            self.local = local
            timeout = route.limits.timeout.nanoseconds
            try begin(face ?? faces.makeFace(context), consume head)
        case .call(let faces, let translators, let upstream):
            self.translator = translators.makeUpstream(context)
            self.upstream = plan.upstreams[upstream]
            self.upstream?.callBegan()
            timeout = route.limits.timeout.nanoseconds
            try begin(face ?? faces.makeFace(context), consume head)
        }
    }

    private func begin(_ face: any HTTPFace, _ head: consuming HTTPRequestHead) throws(Failure) {
        self.face = face
        state.requestBegan()
        try face.decode(.head(consume head), into: &requestParts)
        if let patience = context.timeout { deadline = reactor.now + patience }
        while !requestParts.isEmpty { try forward(requestParts.removeFirst()) }
    }

    private func forward(_ part: consuming RequestPart) throws(Failure) {
        if let service {
            try service.receive(part, into: &responseParts)
            while !responseParts.isEmpty { try respond(responseParts.removeFirst()) }
            return
        }
        guard let translator else { return }
        try translator.encode(part, into: &upstreamParts)
        while !upstreamParts.isEmpty { try send(upstreamParts.removeFirst()) }
    }

    private func send(_ part: consuming HTTPRequestPart) throws(Failure) {
        attempt.record(part)
        if stream == nil { try open() }
        guard let stream else { return }
        send(part, on: stream)
        if !stream.isWritable, !isClientPaused {
            isClientPaused = true
            client?.pauseReading()
        }
    }

    private func send(_ part: consuming HTTPRequestPart, on stream: any UpstreamStream) {
        switch consume part {
        case .head(var head):
            if let upstream, let endpoint { upstream.upstream.endpoints[endpoint].address(&head) }
            stream.send(.head(consume head))
        case .body(let bytes): stream.send(.body(bytes))
        case .end(let trailers): stream.send(.end(trailers: trailers))
        }
    }

    private func open() throws(Failure) {
        if let local {
            stream = try local.open(for: self, of: context, on: gateway, under: plan)
            return awaitUpstream()
        }
        guard let upstream else { return }
        let (stream, endpoint) = try upstream.open(for: self, avoiding: avoided, asTunnel: context.isTunnel)
        self.stream = stream
        self.endpoint = endpoint
        record.place = endpoint
        awaitUpstream()
    }

    /// The upstream has so long for what comes next: the answer, from the last piece of the request on, or the next piece
    /// of it. A client that does not read is not its fault.
    private func awaitUpstream() {
        if isUpstreamPaused { return }
        let time = state.hasUpstreamAnswered ? silence : timeout
        timer.schedule(at: min(reactor.now.advanced(byNanoseconds: time), deadline))
    }

    /// How long the upstream may be silent once it has answered; in a tunnel, both sides.
    private var silence: Int64 {
        guard context.isTunnel, let limits = context.route?.limits else { return stallTimeout }
        return limits.tunnelIdle.nanoseconds
    }

    /// Whether there is something that the upstream must do in time.
    var isAwaitingUpstream: Bool { timer.isScheduled }

    // MARK: Response side

    private func respond(_ part: consuming ResponsePart) throws(Failure) {
        guard let face else { return }
        if case .end(.failure(let failure)) = part { throw failure }
        var isEnd = false
        if case .end = part { isEnd = true }
        try face.encode(part, into: &clientParts)
        sendToClient()
        if isEnd { end() }
    }

    private func sendToClient() {
        while !clientParts.isEmpty {
            guard let client else { return clientParts.removeAll() }
            switch clientParts.removeFirst() {
            case .head(var head):
                state.responseStarted()
                record.status = head.status
                let id = context.requestID
                head.headers.set(.xRequestID, id.span.bytes)
                client.send(.head(consume head))
            case .interim(let head): client.send(.interim(head))
            case .body(let bytes):
                record.bodyBytes += bytes.count
                client.send(.body(bytes))
            case .end(let trailers): client.send(.end(trailers: trailers))
            }
        }
        guard let client, !client.isWritable else { return }
        if let stream, !isUpstreamPaused {
            isUpstreamPaused = true
            timer.cancel()
            stream.pauseReading()
        } else if service != nil, !isClientPaused {
            // Who does not read the answers may not go on asking.
            isClientPaused = true
            client.pauseReading()
        }
    }

    private func send(_ answer: LocalAnswer) {
        switch answer.body {
        case .made(let bytes): send(bytes, as: answer.contentType)
        case .deferred: stream = AwaitedAnswer(answer, for: self, on: reactor)
        }
    }

    func send(_ document: Bytes, as contentType: String) {
        var head = HTTPResponseHead(status: 200)
        head.headers.append(.contentType, contentType)
        head.headers.append(.cacheControl, "no-cache")
        head.body = .known(document.count)
        clientParts.append(.head(head))
        if record.method != .head { clientParts.append(.body(document)) }
        clientParts.append(.end(trailers: nil))
        sendToClient()
        end()
    }

    private func timedOut() {
        if context.isTunnel, state.hasUpstreamAnswered { return closeTunnel() }
        fail(
            Failure(
                .deadlineExceeded, state.response == .started ? "upstream.stalled" : "upstream.timeout",
                "The service did not answer in time.", origin: .upstream))
    }

    // MARK: The end

    /// Nothing has passed through the tunnel for so long that nobody seems to be there.
    private func closeTunnel() {
        clientParts.append(.end(trailers: nil))
        sendToClient()
        end()
    }

    private func detachUpstream() {
        if let upstream, let endpoint { upstream.ended(at: endpoint) }
        stream = nil
        endpoint = nil
    }

    /// The response is done, or nobody waits for it any more.
    private func end() {
        guard !state.isOver else { return }
        let retries = state.retries
        state.responseEnded()
        timer.cancel()
        // A translator may be done before its stream is; nothing of it may reach the next call.
        stream?.cancel()
        detachUpstream()
        if let observer {
            record.upstream = upstream?.upstream
            record.retries = retries
            observer.callEnded(record, context)
        }
        upstream?.callEnded(retries: retries)
        upstream = nil
        face = nil
        translator = nil
        service = nil
        local = nil
        if isClientPaused {
            isClientPaused = false
            client?.resumeReading()
        }
        client = nil
    }

    /// Ready for another request; only once over, and when neither side holds it any more.
    func reset() {
        state = CallState()
        record = CallRecord()
        if var memory = attempt.reset() {
            memory.removeAll()
            request = consume memory
        } else {
            request.removeAll()
        }
        requestParts.removeAll()
        upstreamParts.removeAll()
        responseParts.removeAll()
        clientParts.removeAll()
        isClientPaused = false
        isUpstreamPaused = false
        avoided = nil
        context.route = nil
        context.client = nil
        context.timeout = nil
        context.answerCoder = nil
        context.isTunnel = false
        deadline = .distantFuture
    }
}

extension Call: UpstreamReceiver {
    public func deliver(_ part: consuming HTTPResponsePart) {
        guard !state.isOver, let translator else { return }
        switch part {
        case .interim: break
        case .head(let head):
            if head.status == 503, retryUnavailable() { return }
            state.upstreamAnswered()
            attempt.forget()
            awaitUpstream()
        case .body: awaitUpstream()
        case .end:
            // The stream gives itself back to its pool after this.
            detachUpstream()
        }
        do throws(Failure) {
            try translator.decode(part, into: &responseParts)
            while !responseParts.isEmpty { try respond(responseParts.removeFirst()) }
        } catch {
            fail(error)
        }
    }

    public func attemptFailed(_ failure: Failure) {
        guard !state.isOver else { return }
        let failed = endpoint
        detachUpstream()
        guard mayRetry(failure), let upstream, upstream.takeRetry() else { return fail(failure) }
        retry(avoiding: failed)
    }

    public func upstreamDrained() {
        guard isClientPaused else { return }
        if stream != nil { awaitUpstream() }
        isClientPaused = false
        client?.resumeReading()
    }

    private func mayRetry(_ failure: Failure) -> Bool {
        guard !state.hasUpstreamAnswered, attempt.isReplayable, let limits = upstream?.upstream.limits,
            attempt.head != nil, state.retries + 1 < limits.attempts
        else { return false }
        switch failure.retry {
        case .no: return false
        case .always: return limits.retryCauses.contains(.connect)
        case .ifIdempotent: return limits.retryCauses.contains(.reset) && isRepeatable
        }
    }

    /// Whether calling twice does what calling once does: by the contract, or by the method where there is none.
    private var isRepeatable: Bool {
        guard let effect = context.route?.operation?.effect else { return attempt.head?.method.isIdempotent ?? false }
        return effect != .mutating
    }

    /// The service says that it cannot answer now, and the user wants that to be tried again.
    private func retryUnavailable() -> Bool {
        guard let limits = upstream?.upstream.limits, limits.retryCauses.contains(.unavailable),
            !state.hasUpstreamAnswered,
            attempt.isReplayable, isRepeatable, state.retries + 1 < limits.attempts, upstream?.takeRetry() == true
        else { return false }
        let failed = endpoint
        stream?.cancel()
        detachUpstream()
        retry(avoiding: failed)
        return true
    }

    private func retry(avoiding failed: Int?) {
        state.retried()
        avoided = failed
        do throws(Failure) {
            try replay()
        } catch {
            fail(error)
        }
    }

    private func replay() throws(Failure) {
        let sent = attempt
        guard let head = sent.head else { return }
        try open()
        guard let stream else { return }
        send(.head(head), on: stream)
        for bytes in sent.body { stream.send(.body(bytes)) }
        if sent.isWhole { stream.send(.end(trailers: sent.trailers)) }
        if stream.isWritable { upstreamDrained() }
    }
}
