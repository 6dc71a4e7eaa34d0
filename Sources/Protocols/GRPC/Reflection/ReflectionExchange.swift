internal import Buffers
public import Canonical
public import Engine
internal import HTTP

/// One inquiry of one endpoint, over its connections. Lives on one worker.
public final class ReflectionExchange {
    public typealias Result = Swift.Result<ReflectedContract, ReflectionError>

    private let endpoint: Endpoint
    private let connector: any EndpointConnector
    private let limits: ReflectionLimits
    private let timeout: Duration
    private var completion: ((Result) -> Void)?
    private var inquiry: ReflectionInquiry
    private var method: GRPCMethod?
    private var translator: (any HTTPUpstream)?
    private var stream: (any UpstreamStream)?
    /// All that there was to ask is known; the service may end the call.
    private var outcome: ReflectedContract?

    /// - Parameters:
    ///   - timeout: How long the service is told that it has; whoever asks calls `cancel` then.
    ///   - completion: Called once, with what came of it.
    public init(
        with endpoint: Endpoint, over connector: any EndpointConnector, timeout: Duration,
        limits: ReflectionLimits = ReflectionLimits(), completion: @escaping (Result) -> Void
    ) {
        self.endpoint = endpoint
        self.connector = connector
        self.limits = limits
        self.timeout = timeout
        self.completion = completion
        inquiry = ReflectionInquiry(limits: limits)
    }

    public func begin() {
        proceed { () throws(ReflectionError) in inquiry.begin() }
    }

    /// Nobody waits any longer.
    public func cancel() {
        complete(.failure(.failed("it does not answer in time")))
    }

    private func complete(_ result: Result) {
        guard let completion else { return }
        self.completion = nil
        stream?.cancel()
        stream = nil
        translator = nil
        completion(outcome.map { .success($0) } ?? result)
    }

    // MARK: Steps

    private func proceed(_ step: () throws(ReflectionError) -> ReflectionInquiry.Step) {
        do throws(ReflectionError) {
            try follow(try step())
        } catch {
            complete(.failure(error))
        }
    }

    private func follow(_ step: ReflectionInquiry.Step) throws(ReflectionError) {
        if case .open(let version, _) = step {
            // A test makes both.
            guard let method = Self.method(version, limits) else { throw .unsupported }
            self.method = method
        }
        do throws(Failure) {
            switch step {
            case .open(_, let question):
                try open()
                try ask(question)
            case .ask(let question): try ask(question)
            case .finish(let contract):
                outcome = contract
                try send(.end(trailers: nil))
            }
        } catch {
            throw .failed(error.cause ?? error.message)
        }
    }

    private static func method(_ version: ReflectionInquiry.Version, _ limits: ReflectionLimits) -> GRPCMethod? {
        let name = version.rawValue
        let text = ServiceProtos.reflection(name)
        guard let contract = GRPCServices.contract("grpc/reflection/\(name)/reflection.proto", text),
            let operation = contract.operations.first
        else { return nil }
        return try? GRPCMethod(operation, plan: GRPCPlan(contract), messageBytes: limits.bytes)
    }

    private func open() throws(Failure) {
        guard let method else { return }
        let context = CallContext()
        context.timeout = timeout
        translator = GRPCUpstreamFactory(method).makeUpstream(context)
        stream = try connector.open(for: self)
        try send(.head(HTTPRequestHead()))
    }

    private func ask(_ question: Bytes) throws(Failure) {
        guard let method else { return }
        try send(.message(method.request.message(question, as: .protobuf)))
    }

    private func send(_ part: RequestPart) throws(Failure) {
        var wire = Outbox<HTTPRequestPart>()
        try translator?.encode(part, into: &wire)
        while let part = wire.popFirst() {
            if case .head(var head) = part {
                endpoint.address(&head)
                stream?.send(.head(head))
            } else {
                stream?.send(part)
            }
        }
    }
}

extension ReflectionExchange: UpstreamReceiver {
    public func deliver(_ part: consuming HTTPResponsePart) {
        guard completion != nil, let translator else { return }
        var parts = Outbox<ResponsePart>()
        do throws(Failure) {
            try translator.decode(part, into: &parts)
        } catch {
            stream?.cancel()
            return ended(error)
        }
        while completion != nil, let part = parts.popFirst() {
            switch part {
            case .interim, .head: break
            case .message(let message): receive(message)
            case .end(.success): ended(nil)
            case .end(.failure(let failure)): ended(failure)
            }
        }
    }

    public func attemptFailed(_ failure: Failure) { ended(failure) }

    public func upstreamDrained() {}

    private func receive(_ message: Message) {
        guard outcome == nil, let bytes = method?.response.received(message, as: .protobuf) else { return }
        proceed { () throws(ReflectionError) in try inquiry.receive(bytes) }
    }

    private func ended(_ failure: Failure?) {
        if let outcome { return complete(.success(outcome)) }
        proceed { () throws(ReflectionError) in try inquiry.ended(failure) }
    }
}
