import Buffers
import Canonical
import JSONCodec
import ProtobufCodec
import ProtobufSchema

/// One message type in all ways that its messages go.
struct Codec {
    let coder: ProtobufCoder
    let lane: ProtobufJSONLane
    let json: JSONCoder
    let id: MessageID

    init(_ name: String, in contract: Contract = Samples.contract, options: ProtobufOptions = ProtobufOptions()) throws
    {
        let messages = contract.annotations[ProtobufContract.self]?.messages ?? [:]
        guard let id = messages[name] else { throw Missing(name: name) }
        let plan = ProtobufPlan(contract.schema, options: options)
        self.id = id
        coder = ProtobufCoder(id, plan: plan)
        lane = ProtobufJSONLane(id, plan: plan)
        json = JSONCoder(.message(id), plan: JSONPlan(contract.schema, dialect: ProtobufJSON(plan)))
    }

    struct Missing: Error {
        let name: String
    }

    // MARK: In one pass

    func protobuf(of json: Bytes) throws(Failure) -> Bytes {
        var out = ByteWriter()
        try lane.writeProtobuf(of: json, into: &out)
        return out.finish()
    }

    func json(of protobuf: Bytes) throws(Failure) -> Bytes {
        var out = ByteWriter()
        try lane.writeJSON(of: protobuf, into: &out)
        return out.finish()
    }

    // MARK: With a document between

    func document(ofJSON bytes: Bytes) throws(Failure) -> Document { try json.decode(bytes) }

    func document(ofProtobuf bytes: Bytes) throws(Failure) -> Document { try coder.decode(bytes) }

    func json(of document: Document) throws(Failure) -> Bytes {
        var out = ByteWriter()
        try json.encode(document, into: &out)
        return out.finish()
    }

    func protobuf(of document: Document) throws(Failure) -> Bytes {
        var out = ByteWriter()
        try coder.encode(document, into: &out)
        return out.finish()
    }

    // MARK: For tests that read texts

    /// JSON to protobuf to JSON, in one pass each and with documents between; all agree or the answer says how not.
    func echo(_ text: String) throws -> String {
        let wire = try protobuf(of: Bytes(text))
        let shown = String(try json(of: wire))
        let others = [
            String(try json(of: document(ofProtobuf: wire))), String(try json(of: document(ofJSON: Bytes(text)))),
            String(try json(of: protobuf(of: document(ofJSON: Bytes(text))))),
        ]
        return others.allSatisfy { $0 == shown } ? shown : "\(shown) but \(others)"
    }

    /// What is wrong with a text, as `pointer: rule`; the same with a document.
    func complaints(_ text: String) -> [String] {
        func complaints(_ body: () throws(Failure) -> Void) -> [String] {
            do throws(Failure) {
                try body()
            } catch {
                return error.violations.map { "\($0.pointer): \($0.rule)" }
            }
            return []
        }
        let direct = complaints { () throws(Failure) in _ = try protobuf(of: Bytes(text)) }
        let read = complaints { () throws(Failure) in _ = try document(ofJSON: Bytes(text)) }
        return direct == read ? direct : direct + ["but"] + read
    }
}

/// Bytes by their hexadecimal digits, spaces between as anybody likes.
func hex(_ text: String) -> Bytes {
    var out = ByteWriter()
    out.append(decodingHexadecimal: Array(text.filter { $0 != " " }.utf8).span.bytes)
    return out.finish()
}

func hex(_ bytes: Bytes) -> String {
    var out = ByteWriter()
    out.append(hexadecimal: bytes.span)
    return String(out.finish())
}
