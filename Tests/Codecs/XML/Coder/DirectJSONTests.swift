import Buffers
import Canonical
import JSONCodec
import Testing
import XMLCodec

/// XML to JSON without a document between gives the bytes that come by a document, or nothing.
@Suite struct DirectJSONTests {
    private static let answers = XMLOptions(validation: .log, unknown: .keep, origin: .upstream)

    @Test(arguments: 0..<60) func `values of any schema are the same either way`(seed: Int) throws {
        for options in [XMLOptions.request, .response, Self.answers] {
            var random = RandomSchema(seed: seed, options: options)
            let lane = Lane(random.codec)
            for _ in 0..<20 { lane.check(Bytes(try random.codec.encode(random.value()))) }
        }
    }

    @Test(arguments: 0..<60) func `damaged documents are the same either way`(seed: Int) throws {
        var random = RandomSchema(seed: seed, options: seed.isMultiple(of: 2) ? .request : .response)
        let lane = Lane(random.codec)
        var dice = Dice(seed &+ 2000)
        for _ in 0..<10 {
            let original = Bytes(try random.codec.encode(random.value())).array
            for _ in 0..<20 { lane.check(Bytes(Self.damaged(original, &dice))) }
        }
    }

    private static let pieces = [
        " ", "\n  ", "<", ">", "/>", "&amp;", "&#13;", "<!-- x -->", "<?p?>", "<![CDATA[<]]>", " xsi:nil=\"true\"",
        " xsi:type=\"ns1:D0\"", " xmlns=\"urn:x\"", " xmlns:ns1=\"urn:x\"", "\"", "é", "0", "+1", "<x/>",
    ]

    private static func damaged(_ original: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = original
        for _ in 0...dice.roll(2) {
            // Mostly where something may stand: before a tag and at its end.
            let marks = bytes.indices.filter { bytes[$0] == UInt8(ascii: "<") || bytes[$0] == UInt8(ascii: ">") }
            let place = dice.chance(80) && !marks.isEmpty ? dice.pick(marks) : dice.roll(bytes.count)
            switch dice.roll(4) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: 0x20 + dice.roll(96))
            case 1: bytes.removeSubrange(place..<min(place + 1 + dice.roll(20), bytes.count - 1))
            case 2: bytes.insert(contentsOf: bytes[dice.roll(place + 1)..<place], at: place)
            default: bytes.insert(contentsOf: Array(dice.pick(pieces).utf8), at: place)
            }
        }
        return bytes
    }

    // MARK: What the direct way knows

    private static let order = Codec(
        [
            .attribute("id"), .element("name", .text, .required), .element("price", .decimal, .optional),
            .element("tag", .text, .many), .element("gone", .int, .optional, nillable: true),
            .element("on", .boolean, .optional), .element("day", .date, .optional), .element("list", .token, .many),
        ], options: .response)

    private static let known = [
        "<t:name>a</t:name>", "<t:name></t:name>", "<t:name/>", "<t:name>&lt;\"é\\</t:name>",
        "\n <t:name>a</t:name> \n", "<t:name>a\r\nb</t:name>", "<t:name>a</t:name >\r\n<t:tag>b</t:tag>",
        "<t:name>a</t:name><t:price> 1.50</t:price>", "<t:name>a</t:name><t:tag>1</t:tag>\n<t:tag>2</t:tag>",
        "<t:name>a</t:name><t:gone xsi:nil='true'/>", "<t:name>a</t:name><t:gone xsi:nil='1'> </t:gone>",
        "<t:name>a</t:name><t:on>1</t:on><t:day>2015-03-26</t:day>", "<t:name x:a='1'>a</t:name >",
        "<t:name>a</t:name><!-- c --><t:tag><![CDATA[<]]></t:tag>", "<o:name xmlns:o='urn:shop'>a</o:name>", "",
        "<name xmlns='urn:shop'>a</name><t:tag>b</t:tag>", "<t:name>a</t:name><t:list>a b</t:list><t:list/>",
    ]

    @Test(arguments: known) func `a message is the same either way`(content: String) {
        for attributes in ["", " id='1'", " id='&amp;'", " x:other='1'", " xsi:nil='true'"] {
            Lane(Self.order).check(Bytes(Codec.document(content, attributes)))
        }
    }

    @Test func `what is as it should be takes the direct way`() {
        let lane = Lane(Self.order)
        let content = "<t:name>a</t:name>\n<t:tag>&amp;</t:tag><t:tag>c</t:tag><t:gone xsi:nil='true'/><t:on>1</t:on>"
        #expect(lane.check(Bytes(Codec.document(content, " id='7'"))))
        #expect(!lane.check(Bytes(Codec.document("<t:tag>b</t:tag><t:name>a</t:name>"))))
        #expect(!lane.check(Bytes(Codec.document("<t:name>a</t:name><t:unknown/>"))))
        #expect(!lane.check(Bytes(Codec.document("<t:name>a</t:name><t:price>cheap</t:price>"))))
    }

    @Test func `wrappers of arrays are arrays either way`() {
        let codec = Codec(options: .response) { builder in
            let list = builder.add(.named("List", [.element("item", .text, .many)]))
            return [.element("list", .message(list), .optional), .element("more", .message(list), .many)]
        }
        var options = JSONOptions()
        options.collapsesWrappers = true
        let lane = Lane(codec, json: options)
        #expect(lane.check(Bytes(Codec.document("<t:list><t:item>a</t:item><t:item>b</t:item></t:list>"))))
        #expect(lane.check(Bytes(Codec.document("<t:list/><t:more> <t:item/> </t:more><t:more/>"))))
    }
}

/// Both ways of one coder.
private struct Lane {
    let xml: XMLCoder
    let json: JSONCoder

    init(_ codec: Codec, json options: JSONOptions = JSONOptions()) {
        xml = codec.coder
        json = JSONCoder(codec.type, schema: codec.schema, options: options)
    }

    /// Whether `bytes` take the direct way; they come to the same by a document then.
    @discardableResult func check(_ bytes: Bytes) -> Bool {
        var direct = ByteWriter()
        direct.append("before")
        let isDirect = (try? xml.rewrite(bytes, as: json, into: &direct)) == true
        var expected = ByteWriter()
        expected.append("before")
        if isDirect {
            guard let document = try? xml.decode(bytes) else {
                Issue.record("\(String(bytes)) is refused and became \(String(direct.finish()))")
                return true
            }
            try? json.encode(document, into: &expected)
        }
        #expect(String(direct.finish()) == String(expected.finish()), "\(String(bytes))")
        return isDirect
    }
}
