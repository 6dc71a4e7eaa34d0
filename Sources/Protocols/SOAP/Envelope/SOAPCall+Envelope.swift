internal import Buffers
internal import Canonical
internal import XMLCodec

/// What an envelope answers.
enum SOAPAnswer {
    /// nil when the operation gives nothing back.
    case message(Message?)
    /// The failure that a Fault stands for.
    case fault(Failure)
}

extension SOAPCall {
    /// The answer that an empty body is; nil when the operation must answer something.
    var emptyAnswer: SOAPAnswer? {
        switch operation.output {
        case .message(let id) where response.isExpected:
            guard plan.xml.schema[id].fields.isEmpty else { return nil }
            var builder = DocumentBuilder()
            builder.close(builder.openObject(id, field: Node.noField))
            return .message(.decoded(builder.finish()))
        case .nothing, .message: return .message(nil)
        case .scalar, .map, .any: return response.isExpected ? nil : .message(nil)
        }
    }

    // MARK: Writing

    /// Writes the whole request envelope.
    func writeEnvelope(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        out.append(opening)
        try writeHeaders(document, into: &out)
        out.append("<soap:Body")
        switch request {
        case .nothing: out.append(UInt8(ascii: ">"))
        case .element(let root):
            out.append(UInt8(ascii: ">"))
            try root.encode(document, into: &out)
        case .members(let root):
            out.append(root.declarations)
            out.append(UInt8(ascii: ">"))
            try root.encodeContent(document, into: &out)
        }
        out.append("</soap:Body>")
        out.append(closing)
    }

    /// The declared headers, which the message carries in its `$headers`.
    private func writeHeaders(_ document: borrowing Document, into out: inout ByteWriter) throws(Failure) {
        guard let headersField, document.root.kind == .object,
            let section = document.child(of: 0, field: headersField), document.nodes[section].kind == .object
        else { return }
        out.append("<soap:Header>")
        for child in document.children(of: section) {
            let field = Int(document.nodes[child].field)
            guard headers.indices.contains(field) else { continue }
            try headers[field].encode(document, at: child, into: &out)
        }
        out.append("</soap:Header>")
    }

    // MARK: Reading

    /// Reads a response envelope.
    ///
    /// - Parameters:
    ///   - charset: What the `Content-Type` says; empty when it says nothing.
    ///   - requestID: The call's, for who is told of what is wrong with the answer.
    ///   - coder: The format that the message is wanted in; nil when a document is.
    /// - Throws: `internal` of the upstream (reasons `xml.…` and `soap.…`): not XML, not an envelope, another message than
    ///   the operation's.
    func readEnvelope(
        _ bytes: Bytes, charset: [UInt8], requestID: [UInt8], as coder: (any MessageCoder)? = nil
    ) throws(Failure) -> SOAPAnswer {
        let source: Bytes
        do {
            source = try XMLCharset.utf8(bytes, charset: charset.span.bytes)
        } catch {
            throw error.failure(in: bytes, origin: .upstream)
        }
        let answer: Result<SOAPAnswer, Failure>
        do {
            var reader = EnvelopeReader(call: self, source: source, requestID: requestID, coder: coder)
            answer = try reader.read()
        } catch {
            throw error.failure(in: source, origin: .upstream)
        }
        return try answer.get()
    }
}
