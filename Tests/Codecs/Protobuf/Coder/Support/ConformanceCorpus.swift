import Buffers
import Canonical
import JSONCodec
import ProtobufSchema
import TestSupport

/// The cases of the official protobuf conformance suite from the acceptance corpus; absent on machines without it.
struct ConformanceCorpus {
    enum Format: String { case binary, json, text }

    struct Case {
        let name: String
        let category: String
        let messageType: String
        let input: Format
        let output: Format
        let bytes: Bytes
        let expectation: String
        let reference: Bytes
        let isExact: Bool
        let passing: Bytes
    }

    static let shared = ConformanceCorpus()

    /// Those in protobuf and JSON whose types are in the descriptors.
    let cases: [Case]
    let contract: Contract?

    private init() {
        let descriptors = Corpus.read("conformance_messages.pb")
        let lines = Corpus.read("protobuf-json-cases.jsonl.gz").array
        guard !descriptors.isEmpty, !lines.isEmpty,
            let contract = try? DescriptorSet(linking: FileDescriptor.set(descriptors)).contract()
        else {
            cases = []
            contract = nil
            return
        }
        let messages = contract.annotations[ProtobufContract.self]?.messages ?? [:]
        self.contract = contract
        cases = lines.split(separator: 0x0A).compactMap { ConformanceCorpus.read(Bytes(Array($0))) }
            .filter {
                $0.input != .text && $0.output != .text && $0.category != "TEXT" && messages[$0.messageType] != nil
            }
    }

    private static let json = JSONCoder(.any, schema: Schema.Builder().build())

    private static func read(_ line: Bytes) -> Case? {
        guard let document = try? json.decode(line) else { return nil }
        func member(_ name: String, of object: Int = 0) -> Int? {
            let children = Array(document.children(of: object))
            for (key, value) in zip(children, children.dropFirst())
            where document.nodes[key].kind == .key && String(decoding: document.text(of: document.nodes[key])) == name {
                return value
            }
            return nil
        }
        func text(_ index: Int?) -> String {
            guard let index, document.nodes[index].kind == .string else { return "" }
            return String(decoding: document.text(of: document.nodes[index]))
        }
        func base64(_ text: String) -> Bytes {
            var out = ByteWriter()
            out.append(decodingBase64: Array(text.utf8).span.bytes)
            return out.finish()
        }
        guard let input = Format(rawValue: text(member("input"))),
            let output = Format(rawValue: text(member("output"))),
            let expect = member("expect"), let passing = member("passing_answer")
        else { return nil }
        let value = text(member("value", of: passing))
        return Case(
            name: text(member("name")), category: text(member("category")), messageType: text(member("message_type")),
            input: input, output: output,
            bytes: input == .json ? Bytes(text(member("json"))) : base64(text(member("binary_b64"))),
            expectation: text(member("kind", of: expect)),
            reference: base64(text(member("reference_binary_b64", of: expect))),
            isExact: member("exact_bytes", of: expect).map { document.nodes[$0].kind == .true } ?? false,
            passing: output == .json ? Bytes(value) : base64(value))
    }
}
