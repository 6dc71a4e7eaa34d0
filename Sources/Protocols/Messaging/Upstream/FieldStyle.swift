internal import Buffers
internal import Canonical
internal import JSONCodec

/// Where in the JSON objects of a service's socket stands what is not the operation's message; nil where it does not.
public struct SocketFields: Sendable {
    /// The name of the operation, in what the service gets.
    public var operation: String?
    /// Which call a message is of, both ways; without it every call has a socket of its own.
    public var correlation: String?
    /// The operation's message; without it its fields are those of the object.
    public var payload: String?
    /// `true` in the last message of a stream, both ways.
    public var end: String?
    /// Why the call has failed, in what the service answers.
    public var error: String?

    public init(
        operation: String? = nil, correlation: String? = nil, payload: String? = nil, end: String? = nil,
        error: String? = nil
    ) {
        self.operation = operation
        self.correlation = correlation
        self.payload = payload
        self.end = end
        self.error = error
    }
}

/// Messages are JSON objects of the operation's types, with fields of the service's own around or beside them.
struct FieldStyle: SocketStyle {
    let fields: SocketFields
    /// The fields that are not the operation's.
    private let envelope: Set<String>
    private let reader = ServiceErrorReader()

    init(_ fields: SocketFields) {
        self.fields = fields
        envelope = Set([fields.operation, fields.correlation, fields.end, fields.error].compactMap(\.self))
    }

    var isShared: Bool { fields.correlation != nil }

    // MARK: Load

    func check(_ operation: Operation, named name: String, in schema: Schema) throws(Diagnostic) {
        let interaction = operation.interaction
        if isShared, interaction.hasRequestStream {
            throw Diagnostic(
                .error, "websocket.stream",
                "\(name) takes a stream of messages, which calls that share a socket by \"correlation\" cannot send; "
                    + "leave \"correlation\" out, or use style jsonrpc")
        }
        let needsEnd = isShared ? interaction.hasResponseStream : interaction == .clientStream
        if needsEnd, fields.end == nil {
            let what = interaction == .clientStream ? "takes" : "answers"
            throw Diagnostic(
                .error, "websocket.stream", "\(name) \(what) a stream of messages; \"end\" says which is the last")
        }
        guard fields.payload == nil, !envelope.isEmpty else { return }
        for type in [operation.input, operation.output] { try check(type, of: name, in: schema) }
    }

    private func check(_ type: ValueType, of name: String, in schema: Schema) throws(Diagnostic) {
        switch type {
        case .nothing: return
        case .message(let id):
            guard let field = schema[id].fields.first(where: { envelope.contains($0.name) }) else { return }
            throw Diagnostic(
                .error, "websocket.envelope",
                "\(name) has a field \"\(field.name)\" of its own in \(schema[id].name); \"payload\" keeps them apart")
        default:
            throw Diagnostic(
                .error, "websocket.envelope",
                "\(name) has messages that are no objects; \"payload\" says where they stand")
        }
    }

    // MARK: Requests

    func begin(
        _ operation: Operation, named name: String, _ message: Bytes?, id: UInt
    ) throws(Failure) -> Bytes? {
        if operation.interaction.hasRequestStream { return nil }
        guard let message else { return fields.operation == nil && !isShared ? nil : try write(nil, name, id) }
        return try write(message, name, id)
    }

    func next(_ message: Bytes, named name: String, id: UInt) throws(Failure) -> Bytes {
        try write(message, name, id)
    }

    func complete(named name: String, id: UInt) -> Bytes? {
        fields.end == nil ? nil : try? write(nil, name, id, isEnd: true)
    }

    func cancel(id: UInt) -> Bytes? { nil }

    private func write(_ message: Bytes?, _ name: String, _ id: UInt, isEnd: Bool = false) throws(Failure) -> Bytes {
        let isBare = fields.payload == nil && fields.operation == nil && !isShared && !isEnd
        if isBare, let message { return message }
        var json = JSONWriter(capacity: (message?.count ?? 0) + 96)
        try json.object { json throws(Failure) in
            if let correlation = fields.correlation { json.member(correlation, String(id)) }
            if let operation = fields.operation { json.member(operation, name) }
            if isEnd, let end = fields.end { json.member(end, true) }
            guard let message else { return }
            if let payload = fields.payload {
                json.name(payload)
                json.raw(message.span)
            } else {
                try Self.append(membersOf: message, to: &json)
            }
        }
        return json.finish()
    }

    /// The text is compact: our own coders wrote it.
    private static func append(membersOf message: Bytes, to json: inout JSONWriter) throws(Failure) {
        guard message.count >= 2, message[0] == UInt8(ascii: "{") else {
            throw Failure(
                .unimplemented, "websocket.no_object", "The service takes objects only, and the message is none.")
        }
        if message.count > 2 { json.raw(message.span.extracting(1..<message.count - 1)) }
    }

    // MARK: Answers

    func read(_ text: Bytes) throws(Failure) -> SocketReply {
        if envelope.isEmpty, fields.payload == nil { return SocketReply(value: text) }
        let members = try JSONMembers(text, origin: .upstream)
        var reply = SocketReply(id: fields.correlation.flatMap { members.callID(of: $0) })
        if let error = fields.error.flatMap({ members[$0] }), !error.isNull, !error.says("false") {
            reply.failure = reader.failure(error)
            return reply
        }
        reply.isLast = fields.end.flatMap { members[$0] }?.says("true") ?? false
        if let payload = fields.payload {
            let value = members[payload]
            reply.isEmpty = value?.isNull ?? true
            reply.value = value ?? Bytes("null")
        } else {
            reply.isEmpty = members.names.allSatisfy(envelope.contains)
            reply.value = members.without(envelope)
        }
        return reply
    }
}
