import Buffers
import Canonical
import JSONCodec
import Testing

@Suite struct TypedTests {
    static func coder(_ type: String = "Everything", _ change: (inout JSONOptions) -> Void = { _ in }) -> JSONCoder {
        var options = JSONOptions()
        options.omitsEmptyArrays = true
        change(&options)
        let id = SampleSchema.ids[type] ?? MessageID(0)
        return JSONCoder(.message(id), schema: SampleSchema.schema, options: options)
    }

    /// What comes back of `text`, or the violations as `pointer rule`.
    static func rewritten(_ text: String, by coder: JSONCoder = coder()) -> String {
        do {
            var out = ByteWriter()
            try coder.encode(try coder.decode(Bytes(text)), into: &out)
            return String(out.finish())
        } catch {
            guard error.reason == "request.invalid" else { return error.reason }
            return error.violations.map { "\($0.pointer) \($0.rule)" }.joined(separator: ", ")
        }
    }

    @Test(arguments: [
        // Canonical JSON comes back as it went.
        "{}", #"{"@id":7,"text":"a\nb","flag":true,"int":-5}"#,
        #"{"long":"9007199254740993","integer":"-0","small":99}"#,
        #"{"decimal":"10.50","double":1e400}"#, #"{"double":"NaN"}"#, #"{"double":"-INF"}"#, #"{"bytes":"AQID"}"#,
        #"{"hex":"0AFF"}"#, #"{"when":"2015-03-26T10:00:00+01:00"}"#, #"{"list":[1,2,3]}"#, #"{"list":[]}"#,
        #"{"union":5}"#, #"{"union":true}"#, #"{"union":"x"}"#, #"{"nil":null}"#, #"{"nil":""}"#, #"{"lines":[1]}"#,
        #"{"pairs":["a",null]}"#, #"{"money":{"@currency":"EUR","$":"1.50"}}"#, #"{"money":null}"#,
        #"{"weight":{"@unit":"kg","$nil":true}}"#, #"{"party":{"@type":"Person","name":"A"}}"#,
        #"{"party":{"@type":"Company","name":"A","vat":"1"}}"#,
        #"{"note":{"@lang":"en","$mixed":["a",{"b":"c"},"d"]}}"#,
        #"{"payment":{"coins":[1,2]}}"#, #"{"payment":{"iban":"x","bic":"y"}}"#,
        #"{"child":[{"child":[{}]},{"int":1}]}"#,
        #"{"fixed":"1.50"}"#, #"{"$any":[{"{urn:x}a":{"$name":"é","$children":[1,null,[]]}},"x",1.0]}"#,
    ])
    func `canonical JSON comes back as it went`(_ text: String) {
        #expect(TypedTests.rewritten(text) == text)
    }

    @Test(arguments: [
        // Order never matters, on the way in or out.
        (#"{"int":1,"flag":false,"text":"x"}"#, #"{"text":"x","flag":false,"int":1}"#),
        // Numbers as strings and strings as numbers, by digits.
        (
            #"{"int":"5","long":12,"integer":123456789012345678901234567890}"#,
            #"{"int":5,"long":"12","integer":"123456789012345678901234567890"}"#
        ),
        (#"{"decimal":1.50,"double":"2.5"}"#, #"{"decimal":"1.50","double":2.5}"#),
        (#"{"integer":" +007 "}"#, #"{"integer":"7"}"#),
        // Decimals with exponents, written out.
        (#"{"decimal":1e-7}"#, #"{"decimal":"0.0000001"}"#), (#"{"decimal":-1.25E+1}"#, #"{"decimal":"-12.5"}"#),
        (#"{"decimal":12e2}"#, #"{"decimal":"1200"}"#), (#"{"decimal":0e5}"#, #"{"decimal":"0"}"#),
        (#"{"decimal":1.250e1}"#, #"{"decimal":"12.50"}"#), (#"{"decimal":0.05e1}"#, #"{"decimal":"0.5"}"#),
        // Other spellings of bytes.
        (#"{"bytes":"AQI"}"#, #"{"bytes":"AQI="}"#), (#"{"bytes":"-_-_"}"#, #"{"bytes":"+/+/"}"#),
        (#"{"hex":"0aff"}"#, #"{"hex":"0AFF"}"#),
        // Absence by null.
        (#"{"text":null,"lines":null,"money":{"$":"1"}}"#, #"{"money":{"$":"1"}}"#),
        // A bare value where no attribute is required.
        (#"{"money":1.5}"#, #"{"money":{"$":"1.5"}}"#), (#"{"money":"1.5"}"#, #"{"money":{"$":"1.5"}}"#),
        // The discriminator stands anywhere and is written first.
        (#"{"party":{"vat":1,"name":"A","@type":"Company"}}"#, #"{"party":{"@type":"Company","name":"A","vat":"1"}}"#),
        (
            #"{"party":{"name":"{\"@type\":\"Person\"}","@type":"Person"}}"#,
            #"{"party":{"@type":"Person","name":"{\"@type\":\"Person\"}"}}"#
        ),
        (#"{"@type":"Everything","int":1}"#, #"{"int":1}"#), (#"{"\u0069nt":1}"#, #"{"int":1}"#),
        // A known type in an untyped place.
        (#"{"$any":[{"@type":"Money","$":1}]}"#, #"{"$any":[{"@type":"Money","$":"1"}]}"#),
        (#"{"$any":[{"@type":"Unknown","$":1}]}"#, #"{"$any":[{"@type":"Unknown","$":1}]}"#),
        (#"{"$any":[{"@type":"Party","a":1}]}"#, #"{"$any":[{"@type":"Party","a":1}]}"#),
    ])
    func `JSON becomes canonical`(_ text: String, _ expected: String) {
        #expect(TypedTests.rewritten(text) == expected)
    }

    @Test(arguments: [
        ("null", " type"), ("1", " type"), ("[]", " type"), (#"{"x":1}"#, "/x unknown"),
        (#"{"int":1,"int":2}"#, "/int duplicate"),
        (#"{"a/b~c":1}"#, "/a~1b~0c unknown"), (#"{"text":5}"#, "/text type"),
        (#"{"text":"0123456789abc"}"#, "/text maxLength"),
        (#"{"flag":"true"}"#, "/flag type"), (#"{"flag":1}"#, "/flag type"), (#"{"int":1.0}"#, "/int type"),
        (#"{"int":1e2}"#, "/int type"),
        (#"{"int":2147483648}"#, "/int maximum"), (#"{"int":true}"#, "/int type"), (#"{"int":{}}"#, "/int type"),
        (#"{"int":[1]}"#, "/int type"),
        (#"{"long":9223372036854775808}"#, "/long maximum"), (#"{"small":100}"#, "/small maximum"),
        (#"{"small":-1}"#, "/small minimum"),
        (#"{"bytes":"A"}"#, "/bytes type"), (#"{"hex":"abc"}"#, "/hex type"),
        (#"{"when":"2015-02-29T00:00:00"}"#, "/when type"),
        (#"{"list":[1,"x",2.5]}"#, "/list/1 type, /list/2 type"), (#"{"list":"1 2"}"#, "/list type"),
        (#"{"list":["1 2"]}"#, "/list/0 type"),
        (#"{"decimal":1e401}"#, "/decimal type"),
        (#"{"lines":[1,null]}"#, "/lines/1 type"), (#"{"lines":1}"#, "/lines type"),
        (#"{"pairs":["","","",""]}"#, "/pairs maxItems"),
        (#"{"money":{}}"#, "/money/$ required"), (#"{"money":{"$":1.555}}"#, "/money/$ fractionDigits"),
        (#"{"money":{"$":1,"@currency":"EURO"}}"#, "/money/@currency length"), (#"{"weight":1}"#, "/weight type"),
        (#"{"weight":{"$nil":true}}"#, "/weight/@unit required"),
        (#"{"weight":{"@unit":"kg","$":1,"$nil":true}}"#, "/weight/$ nil"),
        (#"{"party":{"$nil":true,"@type":"Person"}}"#, "/party/$nil unknown, /party/name required"),
        (#"{"party":{"name":"A"}}"#, "/party/@type required"),
        (#"{"party":{"@type":"Party","name":"A"}}"#, "/party/@type type"),
        (#"{"party":{"@type":"Money","$":1}}"#, "/party/@type type"),
        (#"{"party":{"@type":1}}"#, "/party/@type required"),
        (#"{"party":{"@type":"Person","@type":"Person","name":""}}"#, "/party/@type duplicate"),
        (#"{"@type":"Money"}"#, "/@type type"),
        (#"{"payment":{}}"#, "/payment oneOf"), (#"{"payment":{"card":"1","iban":"2"}}"#, "/payment oneOf"),
        (#"{"payment":{"bic":"2"}}"#, "/payment/iban required"), (#"{"payment":{"coins":[]}}"#, "/payment oneOf"),
        (#"{"child":[{},{"child":[{"int":"x"}]}]}"#, "/child/1/child/0/int type"),
        (#"{"fixed":"1.51"}"#, "/fixed enum"),
        (#"{"note":{"$mixed":[1]}}"#, "/note/$mixed/0 type"),
        (#"{"note":{"$mixed":[{"c":1}]}}"#, "/note/$mixed/0/c type"),
        (#"{"$any":[{"a":1,"a":2}]}"#, "/$any/0/a duplicate"),
        (#"{"x":{"y":1},"text":1,"int":"a"}"#, "/x unknown, /text type, /int type"),
    ])
    func `what breaks a rule is named with its place`(_ text: String, _ expected: String) {
        #expect(TypedTests.rewritten(text) == expected)
    }

    @Test func `violations are counted up to a limit`() {
        let text = "{" + (0..<100).map { "\"x\($0)\":0" }.joined(separator: ",") + "}"
        let failure = #expect(throws: Failure.self) { try TypedTests.coder().decode(Bytes(text)) }
        #expect(failure?.violations.count == 16)
        #expect(failure?.code == .invalidArgument)
        #expect(failure?.reason == "request.invalid")
    }

    @Test func `an upstream's mistake is not the client's`() {
        let coder = TypedTests.coder { $0.origin = .upstream }
        let failure = #expect(throws: Failure.self) { try coder.decode(Bytes(#"{"int":"x"}"#)) }
        #expect(failure?.code == .internal)
        #expect(failure?.origin == .upstream)
        #expect(failure?.reason == "response.invalid")
    }

    @Test func `a plan reads what others send as well`() {
        let id = SampleSchema.ids["Everything"] ?? MessageID(0)
        let plan = JSONPlan(SampleSchema.schema)
        let answers = plan.reading(from: .upstream, ignoringUnknownMembers: true)
        let failure = #expect(throws: Failure.self) {
            try JSONCoder(.message(id), plan: answers).decode(Bytes(#"{"x":1,"int":"a"}"#))
        }
        #expect(failure?.origin == .upstream && failure?.violations.map(\.pointer) == ["/int"])
        let strict = #expect(throws: Failure.self) {
            try JSONCoder(.message(id), plan: plan).decode(Bytes(#"{"x":1}"#))
        }
        #expect(strict?.origin == .client && strict?.violations.map(\.rule) == ["unknown"])
    }

    @Test func `leniency is a matter of options`() {
        let unknown = TypedTests.coder { $0.ignoresUnknownMembers = true }
        #expect(TypedTests.rewritten(#"{"x":{"y":[1,"\u0041"]},"int":1}"#, by: unknown) == #"{"int":1}"#)
        #expect(TypedTests.rewritten(#"{"x":{"y":[1,}}"#, by: unknown) == "json.syntax")
        let bare = TypedTests.coder { $0.acceptsBareItems = true }
        #expect(
            TypedTests.rewritten(#"{"lines":1,"child":{"int":1}}"#, by: bare) == #"{"lines":[1],"child":[{"int":1}]}"#)
        let numbers = TypedTests.coder { $0.numbers = NumberPolicy(wideIntegers: .number, decimals: .number) }
        #expect(
            TypedTests.rewritten(#"{"decimal":".50","long":"12"}"#, by: numbers) == #"{"long":12,"decimal":0.50}"#)
    }

    @Test func `a repeated field without items is an empty array, but not in a choice`() {
        let coder = TypedTests.coder { $0.omitsEmptyArrays = false }
        #expect(TypedTests.rewritten("{}", by: coder) == #"{"lines":[],"pairs":[],"child":[],"$any":[]}"#)
        #expect(
            TypedTests.rewritten(#"{"payment":{"card":"1"},"$any":[0]}"#, by: coder)
                == #"{"lines":[],"pairs":[],"payment":{"card":"1"},"child":[],"$any":[0]}"#)
    }

    /// Writes an `Everything` whose children have these fields and values, in this order.
    private func written(_ children: [(field: String, value: Int64)]) throws -> String {
        let id = SampleSchema.ids["Everything"] ?? MessageID(0)
        var builder = DocumentBuilder()
        let root = builder.openObject(id, field: Node.noField)
        for child in children {
            let index = SampleSchema.schema[id].fields.firstIndex { $0.name == child.field } ?? 0
            builder.signed(child.value, field: UInt16(index))
        }
        builder.close(root)
        var out = ByteWriter()
        try TypedTests.coder().encode(builder.finish(), into: &out)
        return String(out.finish())
    }

    @Test func `members come in the schema's order, items of a repeated field together`() throws {
        #expect(try written([]) == "{}")
        #expect(try written([("int", 9), ("lines", 1), ("lines", 2)]) == #"{"int":9,"lines":[1,2]}"#)
        #expect(try written([("lines", 1), ("lines", 2), ("int", 9)]) == #"{"int":9,"lines":[1,2]}"#)
        #expect(try written([("lines", 1), ("int", 9), ("small", 4)]) == #"{"int":9,"small":4,"lines":[1]}"#)
        #expect(try written([("lines", 1), ("int", 9), ("lines", 2)]) == #"{"int":9,"lines":[1,2]}"#)
        #expect(try written([("lines", 1), ("small", 4), ("int", 9)]) == #"{"int":9,"small":4,"lines":[1]}"#)
        #expect(try written([("small", 4), ("int", 9), ("lines", 1)]) == #"{"int":9,"small":4,"lines":[1]}"#)
        #expect(
            try written([("small", 4), ("lines", 1), ("int", 9), ("lines", 2)]) == #"{"int":9,"small":4,"lines":[1,2]}"#
        )
    }

    @Test func `typed text that ends anywhere too early is refused`() {
        let text =
            #"{"@id":7,"text":"a\n","list":[1,2],"party":{"name":"A","@type":"Person"},"money":1.5,"child":[{"int":1}]}"#
        let whole = Array(text.utf8)
        for end in whole.indices {
            let failure = #expect(throws: Failure.self) { try TypedTests.coder().decode(Bytes(Array(whole[..<end]))) }
            #expect(failure?.reason == "json.syntax")
        }
    }

    @Test func `no value is no byte`() throws {
        let coder = JSONCoder(.nothing, schema: SampleSchema.schema)
        for text in ["", " ", "{}", "null"] {
            var out = ByteWriter()
            try coder.encode(try coder.decode(Bytes(text)), into: &out)
            let count = out.count
            #expect(count == 0)
        }
        #expect(throws: Failure.self) { try coder.decode(Bytes("{\"a\":1}")) }
    }
}
