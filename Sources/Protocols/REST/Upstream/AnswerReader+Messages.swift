internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

// What the pieces of an answer are.
extension AnswerReader {
    /// What the head says beside what is in the body.
    var metadataHead: HTTPResponseHead {
        var answer = HTTPResponseHead(status: 200)
        Metadata.append(head.headers, to: &answer.headers)
        return answer
    }

    /// The message of a whole body; an empty one is a message without fields.
    func message(_ bytes: Bytes) throws(Failure) -> Message {
        if let raw = address?.rawAnswer {
            let content = RawBody.Content(type: head.headers[.contentType] ?? "", bytes: bytes)
            return .decoded(raw.message(content))
        }
        if bytes.isEmpty { return .encoded(Bytes("{}"), by: call.response) }
        if let index = head.headers.firstIndex(of: .contentType), !MediaType.isJSON(head.headers.value(at: index)) {
            throw notJSON
        }
        return try message(text: bytes)
    }

    /// The message that a JSON text is, or one field of.
    private func message(text: Bytes) throws(Failure) -> Message {
        guard let field = address?.answerField else { return .encoded(text, by: call.response) }
        // Read, so that nothing but one value comes to stand in the place of the field.
        _ = try call.untyped.decode(text)
        var out = ByteWriter(capacity: text.count + 64)
        out.append(UInt8(ascii: "{"))
        out.append(json: field)
        out.append(UInt8(ascii: ":"))
        out.append(text)
        out.append(UInt8(ascii: "}"))
        return .encoded(out.finish(), by: call.response)
    }

    // MARK: Streams

    /// The next piece of a body that passes as it is; its type goes with the first.
    mutating func receive(raw bytes: Bytes, into parts: inout Outbox<ResponsePart>) {
        guard let raw = address?.rawAnswer else { return }
        let type = hasBegun ? nil : head.headers[.contentType]
        hasBegun = true
        parts.append(.message(.decoded(raw.message(RawBody.Content(type: type ?? "", bytes: bytes)))))
    }

    /// The next JSON text of a stream: a message, or the failure that it ends in.
    mutating func receive(text: Bytes, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        if isOver { return }
        if !call.hasErrorField, let failure = ErrorBody.failure(inStream: text, reader: call.untyped) {
            return end(with: failure, into: &parts)
        }
        parts.append(.message(try message(text: text)))
    }

    /// The next event: its name says whether it is a message.
    mutating func receive(_ event: EventReader.Event, into parts: inout Outbox<ResponsePart>) throws(Failure) {
        switch event.name {
        case "error" where !isOver:
            end(with: ErrorBody.failure(ofText: event.data, reader: call.untyped), into: &parts)
        case "error", "end": break
        default: try receive(text: event.data, into: &parts)
        }
    }

    private mutating func end(with failure: Failure, into parts: inout Outbox<ResponsePart>) {
        isOver = true
        parts.append(.end(.failure(failure)))
    }

    var notJSON: Failure {
        Failure(.internal, "rest.media_type", "The service's answer is not JSON.", origin: .upstream)
    }
}
