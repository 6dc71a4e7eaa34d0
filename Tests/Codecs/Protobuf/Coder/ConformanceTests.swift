import Buffers
import Canonical
import JSONCodec
import ProtobufCodec
import Testing

/// The official conformance cases in protobuf and JSON, recommended ones included.
@Suite(.enabled(if: !ConformanceCorpus.shared.cases.isEmpty))
struct ConformanceTests {
    private typealias Case = ConformanceCorpus.Case

    private enum Answer {
        case bytes(Bytes)
        case parseError
        case serializeError
    }

    @Test func `every case is answered as it must be, with a document between`() throws {
        try judge("document", ConformanceCorpus.shared.cases) { codec, item in
            let document: Document
            do throws(Failure) {
                let isJSON = item.input == .json
                document = isJSON ? try codec.document(ofJSON: item.bytes) : try codec.document(ofProtobuf: item.bytes)
            } catch {
                return .parseError
            }
            do throws(Failure) {
                return .bytes(
                    item.output == .json ? try codec.json(of: document) : try codec.protobuf(of: document))
            } catch {
                return .serializeError
            }
        }
    }

    @Test func `every case between the two formats is answered as it must be, in one pass`() throws {
        try judge("one pass", ConformanceCorpus.shared.cases.filter { $0.input != $0.output }) { codec, item in
            do throws(Failure) {
                return .bytes(
                    item.input == .json ? try codec.protobuf(of: item.bytes) : try codec.json(of: item.bytes))
            } catch {
                return error.reason == "protobuf.no_json" ? .serializeError : .parseError
            }
        }
    }

    @Test func `cut short or changed, no case does harm`() throws {
        let codecs = try codecs()
        var dice = Dice(for: "changed conformance cases")
        for item in ConformanceCorpus.shared.cases {
            guard let codec = codecs[item.messageType]?.strict else { continue }
            for length in 0..<min(item.bytes.count, 100) { endure(item.bytes[0..<length], item.input, codec) }
            for _ in 0..<8 where !item.bytes.isEmpty {
                var bytes = item.bytes.array
                bytes[Int.random(in: bytes.indices, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
                endure(Bytes(bytes), item.input, codec)
            }
        }
    }

    private func endure(_ bytes: Bytes, _ format: ConformanceCorpus.Format, _ codec: Codec) {
        if format == .json {
            _ = try? codec.protobuf(of: bytes)
            if let document = try? codec.document(ofJSON: bytes) { _ = try? codec.protobuf(of: document) }
        } else {
            _ = try? codec.json(of: bytes)
            if let document = try? codec.document(ofProtobuf: bytes) { _ = try? codec.protobuf(of: document) }
        }
    }

    // MARK: Judging

    private func codecs() throws -> [String: (strict: Codec, lenient: Codec)] {
        let corpus = ConformanceCorpus.shared
        let contract = try #require(corpus.contract)
        var lenient = ProtobufOptions()
        lenient.ignoresUnknownMembers = true
        var codecs: [String: (strict: Codec, lenient: Codec)] = [:]
        for name in Set(corpus.cases.map(\.messageType)) {
            codecs[name] = (try Codec(name, in: contract), try Codec(name, in: contract, options: lenient))
        }
        return codecs
    }

    private func judge(_ way: String, _ cases: [Case], _ answer: (Codec, Case) -> Answer) throws {
        let codecs = try codecs()
        var counts: [String: (passed: Int, all: Int)] = [:]
        for item in cases {
            guard let pair = codecs[item.messageType] else { continue }
            let codec = item.category == "JSON_IGNORE_UNKNOWN" ? pair.lenient : pair.strict
            let given = answer(codec, item)
            let isRight = isRight(given, item, pair.strict)
            counts["\(item.category) \(item.input) to \(item.output)", default: (0, 0)].all += 1
            if isRight { counts["\(item.category) \(item.input) to \(item.output)", default: (0, 0)].passed += 1 }
            if !isRight { Issue.record("\(item.name): \(describe(given))") }
        }
        for (category, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("conformance, \(way): \(category): \(count.passed) of \(count.all)")
        }
    }

    private func isRight(_ answer: Answer, _ item: Case, _ codec: Codec) -> Bool {
        switch (item.expectation, answer) {
        case ("parse_error", .parseError), ("serialize_error", .serializeError): true
        case ("other", .bytes(let bytes)): bytes == item.passing
        case ("json_validator", .bytes(let bytes)): Self.normal(bytes) == Self.normal(item.passing)
        case ("equal", .bytes(let bytes)): isEqual(bytes, item, codec)
        default: false
        }
    }

    /// Whether the answer means what the reference means. Messages are the same when they are shown the same; those that
    /// JSON cannot show must be the same bytes.
    private func isEqual(_ bytes: Bytes, _ item: Case, _ codec: Codec) -> Bool {
        if item.output == .binary {
            if item.isExact || bytes == item.reference { return bytes == item.reference }
            guard let shown = try? codec.json(of: bytes), let expected = try? codec.json(of: item.reference) else {
                return false
            }
            return Self.normal(shown) == Self.normal(expected) && Self.normal(shown) != nil
        }
        guard let again = try? codec.protobuf(of: bytes), let shown = try? codec.json(of: again),
            let expected = try? codec.json(of: item.reference)
        else { return false }
        return Self.normal(shown) == Self.normal(expected) && Self.normal(bytes) == Self.normal(expected)
    }

    private func describe(_ answer: Answer) -> String {
        switch answer {
        case .bytes(let bytes): "\(String(bytes)) (\(hex(bytes)))"
        case .parseError: "parse error"
        case .serializeError: "serialize error"
        }
    }

    /// A JSON text with the members of its objects in order, and numbers as doubles; nil for what is none.
    private static func normal(_ bytes: Bytes) -> String? {
        guard let document = try? untyped.decode(bytes) else { return nil }
        return normal(0, document)
    }

    private static let untyped = JSONCoder(.any, schema: Schema.Builder().build())

    private static func normal(_ index: Int, _ document: Document) -> String {
        let node = document.nodes[index]
        let children = Array(document.children(of: index))
        switch node.kind {
        case .object:
            let members = stride(from: 0, to: children.count - 1, by: 2).map { place in
                "\(normal(children[place], document)):\(normal(children[place + 1], document))"
            }
            return "{\(members.sorted().joined(separator: ","))}"
        case .list: return "[\(children.map { normal($0, document) }.joined(separator: ","))]"
        case .number: return "\(Double(String(decoding: document.text(of: node))) ?? .nan)"
        case .string, .key: return "'\(String(decoding: document.text(of: node)))'"
        default: return "\(node.kind)"
        }
    }
}
