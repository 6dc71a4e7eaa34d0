internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec

/// The body of an answer that is none, and what it says: a google.rpc.Status, a problem (RFC 9457), an error of Connect,
/// or whatever goes with the status.
struct ErrorBody: ~Copyable {
    /// Nothing that long is an error as we know them.
    private static let maximumBytes = 64 << 10
    /// Of a body that goes with the failure as it is: failures travel in heads, which have limits of their own.
    private static let maximumDetailBytes = 4096

    private var writer = ByteWriter()

    /// Takes the next piece; what is beyond all measure does not count.
    mutating func append(_ bytes: Bytes) {
        let room = Self.maximumBytes - writer.count
        if room > 0 { writer.append(bytes[0..<min(room, bytes.count)]) }
    }

    /// The failure that the whole answer is.
    ///
    /// - Parameter reader: Reads JSON without a schema.
    mutating func failure(of head: borrowing HTTPResponseHead, reader: JSONCoder) -> Failure {
        let body = writer.finish()
        let type = head.headers[.contentType] ?? ""
        let parsed = (try? reader.decode(body)).flatMap { ErrorText.read(JSONView($0), status: head.status) }
        var details = parsed?.details ?? []
        if !body.isEmpty, parsed?.isWhole != true {
            details.append(FailureDetail(body: body[0..<min(body.count, Self.maximumDetailBytes)], type: type))
        }
        return Failure(
            parsed?.code ?? FailureCode(httpStatus: head.status), "rest.status",
            parsed?.message ?? "The service answered with status \(head.status).", origin: .upstream,
            // What is the client's to mend it sees as it is.
            httpStatus: (400..<500).contains(head.status) ? head.status : nil, violations: parsed?.violations ?? [],
            details: details, headers: Metadata.failurePairs(head.headers))
    }

    // MARK: In the middle of a stream

    /// The failure that an item of a stream is: an object whose only member is `error`.
    static func failure(inStream text: Bytes, reader: JSONCoder) -> Failure? {
        guard isError(text.span), let document = try? reader.decode(text) else { return nil }
        let view = JSONView(document)
        guard view.members.count == 1, view["error"]?.isObject == true else { return nil }
        return failure(ErrorText.read(view, status: 0), text)
    }

    /// The failure that `text` says.
    static func failure(ofText text: Bytes, reader: JSONCoder) -> Failure {
        failure((try? reader.decode(text)).flatMap { ErrorText.read(JSONView($0), status: 0) }, text)
    }

    private static func failure(_ parsed: ErrorText?, _ text: Bytes) -> Failure {
        ErrorText.failure(parsed, of: text, .unknown, "rest.status", "The service broke its answer off.")
    }

    /// Whether a text may be an error, at a glance: nearly none is.
    private static func isError(_ text: RawSpan) -> Bool {
        var index = 0
        func skip() { while index < text.byteCount, text[index] <= 0x20 { index += 1 } }
        skip()
        guard index < text.byteCount, text[index] == UInt8(ascii: "{") else { return false }
        index += 1
        skip()
        return index + 7 <= text.byteCount && text.extracting(index..<index + 7).equals("\"error\"")
    }
}
