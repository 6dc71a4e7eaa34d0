internal import Buffers
internal import Canonical
internal import Engine
internal import HTTP
internal import JSONCodec
internal import Reactor

/// One line of the access log.
struct AccessLine: ~Copyable {
    private let record: CallRecord
    private let context: CallContext
    // Of the context: spans of a class's arrays may not leave it.
    private let client: [UInt8]
    private let requestID: [UInt8]
    private let path: [UInt8]
    private let time: WallTime
    private let microseconds: Int

    /// - Parameters:
    ///   - time: The time of day.
    ///   - duration: From the request's head to the end of the answer.
    init(_ record: borrowing CallRecord, _ context: CallContext, _ time: WallTime, _ duration: Duration) {
        self.record = copy record
        self.context = context
        client = context.client?.address ?? []
        requestID = context.requestID
        path = context.path
        self.time = time
        microseconds = Int(clamping: duration.nanoseconds / 1000)
    }

    /// Why the call did not come to a good end; nil when it did, also where the service said no.
    private var reason: String? { record.failure?.reason ?? (record.wasAbandoned ? "client.abandoned" : nil) }

    private var operation: String? { context.route?.operation.map { "\($0.service).\($0.name)" } }

    // MARK: JSON

    /// `{"time":…}`; what there is nothing to say of is left out.
    func writeJSON(into out: inout ByteWriter) {
        out.append(#"{"time":""#)
        out.append(time.timestamp)
        out.append(#"","request_id":"#)
        out.append(json: requestID.span.bytes)
        out.append(#","client":"#)
        out.append(json: client.span.bytes)
        out.append(#","method":""#)
        record.method.write(into: &out)
        out.append(#"","path":"#)
        // A path need not be UTF-8, JSON must.
        out.append(json: String(decoding: path, as: UTF8.self))
        if let status = record.status {
            out.append(#","status":"#)
            out.append(decimal: status)
        }
        out.append(#","bytes":"#)
        out.append(decimal: record.bodyBytes)
        out.append(#","duration_ms":"#)
        writeMilliseconds(into: &out)
        writeJSON(#","route":"#, context.route?.name, into: &out)
        writeJSON(#","operation":"#, operation, into: &out)
        writeJSON(#","upstream":"#, record.upstream?.name, into: &out)
        writeJSON(#","endpoint":"#, record.endpoint.map(Self.address), into: &out)
        if record.retries > 0 {
            out.append(#","retries":"#)
            out.append(decimal: record.retries)
        }
        writeJSON(#","reason":"#, reason, into: &out)
        out.append("}\n")
    }

    private func writeJSON(_ key: StaticString, _ value: String?, into out: inout ByteWriter) {
        guard let value else { return }
        out.append(key)
        out.append(json: value)
    }

    // MARK: Text

    /// The same in columns: time, client, method, path, status, bytes, milliseconds, request id, route, operation,
    /// upstream, endpoint, reason; `-` where there is nothing to say.
    func writeText(into out: inout ByteWriter) {
        out.append(time.timestamp)
        writeText(client.span.bytes, into: &out)
        out.append(UInt8(ascii: " "))
        record.method.write(into: &out)
        writeText(path.span.bytes, into: &out)
        out.append(UInt8(ascii: " "))
        if let status = record.status { out.append(decimal: status) } else { out.append("-") }
        out.append(UInt8(ascii: " "))
        out.append(decimal: record.bodyBytes)
        out.append(UInt8(ascii: " "))
        writeMilliseconds(into: &out)
        writeText(requestID.span.bytes, into: &out)
        for word in [context.route?.name, operation, record.upstream?.name, record.endpoint.map(Self.address), reason] {
            writeText(Array((word ?? "").utf8).span.bytes, into: &out)
        }
        out.append(UInt8(ascii: "\n"))
    }

    /// A blank and one word: what could break the line or part the word is written as `%XX`.
    private func writeText(_ word: RawSpan, into out: inout ByteWriter) {
        out.append(UInt8(ascii: " "))
        if word.byteCount == 0 { out.append(UInt8(ascii: "-")) }
        for index in 0..<word.byteCount {
            let byte = word[index]
            if byte > 0x20, byte < 0x7F {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                if byte < 0x10 { out.append(UInt8(ascii: "0")) }
                out.append(hex: UInt(byte))
            }
        }
    }

    // MARK: Values

    private func writeMilliseconds(into out: inout ByteWriter) {
        out.append(decimal: microseconds / 1000)
        out.append(UInt8(ascii: "."))
        let rest = microseconds % 1000
        if rest < 100 { out.append(UInt8(ascii: "0")) }
        if rest < 10 { out.append(UInt8(ascii: "0")) }
        out.append(decimal: rest)
    }

    private static func address(of endpoint: Endpoint) -> String {
        endpoint.host.contains(":") ? "[\(endpoint.host)]:\(endpoint.port)" : "\(endpoint.host):\(endpoint.port)"
    }
}
