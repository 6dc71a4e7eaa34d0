internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// The answer of one REST call: one message, a stream of them as they come, or a failure.
///
/// `waiting → failure | whole | texts | events | bytes`; a stream that says that it failed is over.
struct AnswerReader: ~Copyable {
    enum State {
        case waiting, failure, whole, texts, events, bytes
    }

    let call: RESTCall
    private let limit: Int
    private var state = State.waiting
    var isOver = false
    private(set) var head = HTTPResponseHead()
    private var body: BodyCollector
    private var splitter: StreamSplitter?
    private var events: EventReader?
    private var error = ErrorBody()
    /// The first piece of a body that passes as it is has been handed on.
    var hasBegun = false
    /// Where the call went; set before anything comes back.
    var address: CallAddress?

    /// - Parameter limit: Bytes that a message may have.
    init(_ call: RESTCall, limit: Int) {
        self.call = call
        self.limit = limit
        body = BodyCollector(limit: limit, origin: .upstream)
    }

    // MARK: Parts

    mutating func begin(_ head: HTTPResponseHead, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        self.head = head
        guard (200..<300).contains(head.status) else {
            state = .failure
            return
        }
        if let coding = head.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Failure(
                .internal, "rest.content_encoding", "The service's answer is encoded, which nobody asked for.",
                origin: .upstream)
        }
        guard call.operation.interaction.hasResponseStream else {
            state = .whole
            if case .known(let length) = head.body { try body.check(length) }
            return
        }
        state = try streamState()
        parts.append(.head(metadataHead))
    }

    /// How the messages of a stream stand in the body.
    private mutating func streamState() throws(Failure) -> State {
        if address?.rawAnswer != nil { return .bytes }
        var form = StreamForm.array
        if let index = head.headers.firstIndex(of: .contentType) {
            let type = head.headers.value(at: index)
            guard let named = MediaRange.streamForm(of: type) ?? (MediaType.isJSON(type) ? .array : nil) else {
                throw notJSON
            }
            form = named
        }
        if form == .events {
            events = EventReader(limit: limit)
            return .events
        }
        splitter = StreamSplitter(form == .lines ? .lines : .array, limit: limit, origin: .upstream)
        return .texts
    }

    mutating func receive(_ bytes: Bytes, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch state {
        case .waiting: break
        case .failure: error.append(bytes)
        case .whole: try body.append(bytes)
        case .bytes: receive(raw: bytes, into: &parts)
        case .texts:
            guard var splitter = splitter.take() else { return }
            try splitter.append(bytes) { text throws(Failure) in try receive(text: text, into: &parts) }
            self.splitter = consume splitter
        case .events:
            guard var events = events.take() else { return }
            try events.append(bytes) { event throws(Failure) in try receive(event, into: &parts) }
            self.events = consume events
        }
    }

    mutating func finish(_ trailers: Headers?, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch state {
        case .waiting: return
        case .failure: return parts.append(.end(.failure(error.failure(of: head, reader: call.untyped))))
        case .whole:
            let message = try message(body.finish())
            parts.append(.head(metadataHead))
            parts.append(.message(message))
        case .bytes: if !hasBegun { receive(raw: Bytes(), into: &parts) }
        case .events:
            if var events = events.take() { try events.finish() }
        case .texts:
            if var splitter = splitter.take() {
                try splitter.finish { text throws(Failure) in try receive(text: text, into: &parts) }
            }
        }
        if isOver { return }
        var metadata = Headers()
        if let trailers { Metadata.append(trailers, to: &metadata) }
        parts.append(.end(.success(trailers: metadata.isEmpty ? nil : metadata)))
    }
}
