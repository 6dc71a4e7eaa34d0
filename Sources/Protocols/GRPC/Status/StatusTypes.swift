internal import Buffers
internal import Canonical
internal import JSONCodec
internal import ProtobufCodec
internal import ProtobufSchema

/// Reads and writes the details of failures: `google.rpc.Status` with what `google.protobuf.Any` may hold, the messages
/// of a contract and the usual details of google.rpc. Compiled at load, used when calls fail.
///
/// A detail is an untyped document as proto3 JSON shows an `Any`, so that every face can show it. One whose type is not
/// known, or that JSON cannot hold without loss, has its bytes in a member `value`.
final class StatusTypes: Sendable {
    private static let prefix = "type.googleapis.com/"
    /// Clients allow trailers of 8 KiB, some of them no more; base64 and the other fields need room as well.
    private static let maximumBytes = 5000

    private let messages: [String: MessageID]
    private let any: ProtobufJSONLane?
    private let untyped = JSONCoder(.any, schema: Schema.Builder().build())

    init(_ contract: Contract) {
        let known = StatusTypes.contract(with: contract.annotations[ProtobufContract.self]?.descriptors)
        let types = known?.annotations[ProtobufContract.self]?.messages ?? [:]
        messages = types
        any = types["google.protobuf.Any"].flatMap { id in
            known.map { ProtobufJSONLane(id, plan: ProtobufPlan($0.schema)) }
        }
    }

    /// What details are made of where no contract has more to say.
    ///
    /// - Returns: nil never; a test compiles them.
    static var builtIn: DescriptorSet? {
        let names = [
            "google/rpc/status.proto", "google/rpc/error_details.proto", "google/protobuf/struct.proto",
            "google/api/httpbody.proto",
        ]
        return (try? ProtobufCompiler(importPaths: [], loader: NoFiles()).compile(names))?.0
    }

    /// The types of `descriptors` and those that are built in.
    private static func contract(with descriptors: DescriptorSet?) -> Contract? {
        guard let own = builtIn else { return nil }
        guard let descriptors else { return own.contract() }
        let files = descriptors.files + own.files.filter { descriptors.file(named: $0.name) == nil }
        return ((try? DescriptorSet(linking: files)) ?? own).contract()
    }

    private struct NoFiles: DocumentLoader {
        func load(_ path: String) -> Bytes? { nil }
    }

    // MARK: Reading

    /// The details in a `google.rpc.Status`; those that can be read, when it breaks off.
    func details(of status: Bytes) -> [FailureDetail] {
        var details: [FailureDetail] = []
        var reader = WireReader(status.span)
        do throws(WireError) {
            while let tag = try reader.tag() {
                if tag == WireTag(3, .lengthDelimited) {
                    details.append(detail(try PackedDetail(status[try reader.content()])))
                } else {
                    try reader.skip(tag)
                }
            }
        } catch {
            return details
        }
        return details
    }

    func detail(_ packed: PackedDetail) -> FailureDetail {
        FailureDetail(typeName: packed.typeName, document: shown(packed) ?? raw(packed))
    }

    /// As JSON shows it; nil when that would lose something.
    private func shown(_ packed: PackedDetail) -> Document? {
        guard let any, messages[packed.typeName] != nil else { return nil }
        var wire = ByteWriter()
        packed.write(into: &wire)
        let bytes = wire.finish()
        var json = ByteWriter()
        guard (try? any.writeJSON(of: bytes, into: &json)) != nil else { return nil }
        let text = json.finish()
        guard (try? any.writeProtobuf(of: text, into: &wire)) != nil, wire.written.equals(bytes.span) else {
            return nil
        }
        return try? untyped.decode(text)
    }

    private func raw(_ packed: PackedDetail) -> Document {
        var builder = DocumentBuilder()
        let object = builder.openObject(nil, field: Node.noField)
        builder.text(.key, "@type", field: Node.noField)
        builder.text(.string, packed.url, field: Node.noField)
        builder.text(.key, "value", field: Node.noField)
        var text = ByteWriter()
        text.append(base64: packed.value.span)
        let start = builder.side.count
        builder.side.append(contentsOf: text.finish().array)
        builder.sideText(.bytes, from: start, flags: [.isBase64, .isPlain], field: Node.noField)
        builder.close(object)
        return builder.finish()
    }

    // MARK: Writing

    /// What goes with `failure`: its details, the places that a validator found, and our own reason.
    ///
    /// - Parameter faults: Write the documents of declared faults.
    func packed(_ failure: Failure, faults: [String: FaultFormat]) -> [PackedDetail] {
        var packed = failure.details.compactMap { pack($0, faults[$0.typeName]) }
        if !failure.violations.isEmpty, let detail = pack(badRequest(failure.violations)) { packed.append(detail) }
        // A status that a service gave is its own business.
        guard failure.reason != Failure.statusReason else { return packed }
        var info = JSONWriter()
        info.object { info in
            info.member("@type", Self.prefix + "google.rpc.ErrorInfo")
            info.member("reason", failure.reason)
            info.member("domain", "dragoman")
        }
        if let detail = pack(info.finish()) { packed.append(detail) }
        return packed
    }

    /// The `google.rpc.Status` of `failure`; nil when there is nothing in it that the other trailers do not say, or too much.
    func status(of failure: Failure, faults: [String: FaultFormat]) -> Bytes? {
        let details = packed(failure, faults: faults)
        guard !details.isEmpty else { return nil }
        var out = ByteWriter(capacity: 256)
        out.append(field: 1, varint: UInt64(failure.code.rawValue))
        out.append(field: 2, string: failure.message)
        for detail in details {
            var any = ByteWriter()
            detail.write(into: &any)
            out.append(field: 3, content: any.written)
        }
        return out.count <= Self.maximumBytes ? out.finish() : nil
    }

    private func pack(_ detail: FailureDetail, _ format: FaultFormat?) -> PackedDetail? {
        if let raw = PackedDetail(raw: detail.document) { return raw }
        if let format {
            var value = ByteWriter()
            if (try? format.coder.encode(detail.document, into: &value)) != nil {
                return PackedDetail(url: Self.prefix + format.typeName, value: value.finish())
            }
        }
        var json = ByteWriter()
        guard (try? (format?.json ?? untyped).encode(detail.document, into: &json)) != nil else { return nil }
        let text = json.finish()
        if format == nil, let packed = pack(text) { return packed }
        guard text.span.byteCount > 0, text[0] == UInt8(ascii: "{") else { return nil }
        var structure = JSONWriter()
        structure.object { structure in
            structure.member("@type", Self.prefix + "google.protobuf.Struct")
            structure.name("value")
            structure.raw(text.span)
        }
        return pack(structure.finish())
    }

    /// The `Any` that `json` is.
    private func pack(_ json: Bytes) -> PackedDetail? {
        var wire = ByteWriter()
        guard let any, (try? any.writeProtobuf(of: json, into: &wire)) != nil else { return nil }
        return try? PackedDetail(wire.finish())
    }

    private func badRequest(_ violations: [Violation]) -> Bytes {
        var json = JSONWriter()
        json.object { json in
            json.member("@type", Self.prefix + "google.rpc.BadRequest")
            json.member("fieldViolations") { json in
                json.array { json in
                    for violation in violations {
                        json.object { json in
                            json.member("field", violation.pointer)
                            json.member("description", violation.detail)
                            json.member("reason", violation.rule)
                        }
                    }
                }
            }
        }
        return json.finish()
    }

    /// A detail as JSON shows it, for faces that show both; nil where the type is not known.
    func debug(_ detail: PackedDetail) -> Bytes? {
        var wire = ByteWriter()
        detail.write(into: &wire)
        var json = ByteWriter()
        guard let any, (try? any.writeJSON(of: wire.finish(), into: &json)) != nil else { return nil }
        return json.finish()
    }
}
