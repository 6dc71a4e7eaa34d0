import Buffers
import Canonical
import JSONCodec
import Testing

@Suite struct PropertyTests {
    /// A schema and values of it, all from one seed.
    private struct Generator {
        private var state: UInt64
        private var builder = Schema.Builder()

        init(seed: UInt64) {
            state = seed &* 2 &+ 1
        }

        mutating func pick(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: (state >> 33) % UInt64(count))
        }

        // MARK: Schemas

        mutating func schema() -> Schema {
            var ids: [MessageID] = []
            for number in 0..<4 {
                var names = ["@a", "b", "name", "quantity", "a longer name", "é", "$x", "with \"quotes\"", "z"]
                var fields: [Field] = []
                for _ in 0..<1 + pick(7) { fields.append(field(names.remove(at: pick(names.count)), ids)) }
                // A field that may be a base type's: the last type derives from the first.
                ids.append(
                    builder.add(MessageType(name: "T\(number)", fields: fields, base: number == 3 ? ids[0] : nil)))
            }
            let fields = (0..<70).map { number in field("f\(number)", ids) }
            _ = builder.add(MessageType(name: "Root", fields: fields))
            return builder.build()
        }

        private mutating func field(_ name: String, _ ids: [MessageID]) -> Field {
            let cardinality = [Cardinality.required, .optional, .repeated(minimum: 0, maximum: nil)][pick(3)]
            let type: ValueType =
                switch pick(5) {
                case 4: .map(key: ScalarType(.int(bits: 32)), value: .scalar(ScalarType(kind())))
                case 0 where !ids.isEmpty: .message(ids[pick(ids.count)])
                case 1: .any
                default: .scalar(ScalarType(kind()))
                }
            return Field(name: name, type: type, cardinality: cardinality, isNillable: pick(4) == 0)
        }

        private mutating func kind() -> ScalarKind {
            let kinds: [ScalarKind] = [
                .string, .boolean, .int(bits: 32), .unsigned(bits: 8), .long, .unsignedLong, .integer, .decimal,
                .float(bits: 64), .bytes(.base64), .bytes(.hexadecimal), .temporal(.date), .uri, .qualifiedName,
                .list(of: ScalarType(.int(bits: 32))),
            ]
            return kinds[pick(kinds.count)]
        }

        // MARK: Canonical JSON

        mutating func json(_ id: MessageID, _ schema: Schema, declared: MessageID? = nil, depth: Int = 0) -> String {
            let type = schema[id]
            let saysType = type.isPolymorphic || id != (declared ?? id)
            var members = saysType ? ["\"@type\":\"\(type.name)\""] : []
            for field in type.fields {
                let name = field.name.replacingQuotes + ":"
                switch field.cardinality {
                case .optional where pick(2) == 0: continue
                case .repeated:
                    let items = (0..<pick(4)).map { _ in value(field, schema, depth) }
                    members.append(name + "[" + items.joined(separator: ",") + "]")
                default: members.append(name + value(field, schema, depth))
                }
            }
            return "{" + members.joined(separator: ",") + "}"
        }

        private mutating func value(_ field: Field, _ schema: Schema, _ depth: Int) -> String {
            if field.isNillable, pick(3) == 0 { return "null" }
            switch field.type {
            case .message(let id):
                let choices = [id] + (depth < 4 ? schema[id].derived : [])
                return json(choices[pick(choices.count)], schema, declared: id, depth: depth + 1)
            case .any: return anything(3)
            case .map(_, let value):
                let field = Field(name: "", type: value)
                let entries = (0..<pick(4)).map { "\"\($0)\":" + self.value(field, schema, depth + 1) }
                return "{" + entries.joined(separator: ",") + "}"
            case .scalar(let type): return scalar(type.kind)
            case .nothing: return "null"
            }
        }

        private mutating func anything(_ depth: Int) -> String {
            switch pick(depth > 0 ? 7 : 5) {
            case 0: return ["true", "false", "null"][pick(3)]
            case 1: return ["0", "-1.50", "1e400", "123456789012345678901234567890", "-0.0"][pick(5)]
            case 2, 3, 4: return text()
            case 5: return "[" + (0..<pick(4)).map { _ in anything(depth - 1) }.joined(separator: ",") + "]"
            default:
                return "{" + (0..<pick(12)).map { "\"k\($0)\":" + anything(depth - 1) }.joined(separator: ",") + "}"
            }
        }

        private mutating func scalar(_ kind: ScalarKind) -> String {
            switch kind {
            case .string: text()
            case .boolean: ["true", "false"][pick(2)]
            case .int: "\(pick(4_000_000_000) - 2_000_000_000)"
            case .unsigned: "\(pick(256))"
            case .long: "\"\(Int64(bitPattern: UInt64(pick(1 << 31)) << 33 | UInt64(pick(1 << 31))))\""
            case .unsignedLong: "\"\(UInt64(pick(1 << 31)) << 33)\""
            case .integer: "\"-\(1 + pick(9))\(String(repeating: "0123456789", count: pick(6)))\""
            case .decimal: "\"\(pick(1000)).\(pick(10))\(pick(10))0\""
            case .float: ["1.5", "-0", "1E+5", "\"NaN\"", "\"INF\"", "0.0001"][pick(6)]
            case .bytes(.base64): ["\"\"", "\"AQ==\"", "\"+/+/\"", "\"AAAAAAAAAAA=\""][pick(4)]
            case .bytes(.hexadecimal): ["\"\"", "\"00FF\""][pick(2)]
            case .temporal: "\"20\(10 + pick(80))-0\(1 + pick(9))-1\(pick(10))+01:00\""
            case .uri: "\"urn:x:\(pick(100))\""
            case .qualifiedName: "\"{urn:x}n\(pick(100))\""
            case .list: "[" + (0..<pick(5)).map { "\($0 - 2)" }.joined(separator: ",") + "]"
            case .union: "null"
            }
        }

        private mutating func text() -> String {
            let pieces = [
                "a", "plain text of some length", "\\\"", "\\\\", "\\n", "\\u0001", "é", "€", "😀", " ", "/", "}",
            ]
            return "\"" + (0..<pick(8)).map { _ in pieces[pick(pieces.count)] }.joined() + "\""
        }
    }

    private func rewritten(_ bytes: Bytes, by coder: JSONCoder) throws -> Bytes {
        var out = ByteWriter()
        try coder.encode(try coder.decode(bytes), into: &out)
        return out.finish()
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `canonical JSON of any schema comes back as it went`(seed: UInt64) throws {
        var generator = Generator(seed: seed)
        let schema = generator.schema()
        let id = MessageID(schema.messages.count - 1)
        let coder = JSONCoder(.message(id), schema: schema)
        let text = generator.json(id, schema)
        #expect(String(try rewritten(Bytes(text), by: coder)) == text)
        let untyped = JSONCoder(.any, schema: Schema.Builder().build())
        #expect(String(try rewritten(Bytes(text), by: untyped)) == text)
    }

    @Test(arguments: 0..<15 as Range<UInt64>)
    func `changed bytes are refused or read, and what is read comes back`(seed: UInt64) throws {
        var generator = Generator(seed: seed &+ 1000)
        let schema = generator.schema()
        let id = MessageID(schema.messages.count - 1)
        let coder = JSONCoder(.message(id), schema: schema)
        let whole = Array(generator.json(id, schema).utf8)
        for _ in 0..<25 {
            var changed = whole
            for _ in 0...generator.pick(3) {
                let place = generator.pick(min(changed.count, whole.count))
                switch generator.pick(3) {
                case 0: changed[place] = whole[generator.pick(whole.count)]
                case 1: changed.remove(at: place)
                default:
                    changed.insert(contentsOf: whole[place..<min(place + generator.pick(20), whole.count)], at: place)
                }
            }
            guard let once = try? rewritten(Bytes(changed), by: coder) else { continue }
            #expect(try rewritten(once, by: coder) == once)
        }
    }
}

extension String {
    fileprivate var replacingQuotes: String {
        "\"" + map { $0 == "\"" ? "\\\"" : String($0) }.joined() + "\""
    }
}
