import Buffers
import Canonical
import Testing
import XMLCodec

/// Default and fixed values (TRANSLATION R17).
@Suite struct DefaultTests {
    private static func price(_ builder: inout Schema.Builder) -> MessageID {
        builder.add(
            .named(
                "Price",
                [
                    .attribute("currency", default: "EUR"), .attribute("unit", .int, default: "01"),
                    .attribute("kind", fixed: "net"), .attribute("id"), .content(.decimal),
                ]))
    }

    private func codec(fills: Bool, preset: String? = nil) -> Codec {
        var options = XMLOptions.response
        options.fillsDefaults = fills
        return Codec(options: options) { builder in
            [.element("price", .message(Self.price(&builder)), nillable: true, default: preset)]
        }
    }

    @Test func `attributes that are absent have their default where that is wanted`() throws {
        #expect(
            try codec(fills: true).decode("<t:price unit='2'>9.90</t:price>")
                == ["price": ["@currency": "EUR", "@unit": 2, "@kind": "net", "$": .number("9.90")]])
        #expect(
            try codec(fills: true).decode("<t:price>9.90</t:price>")
                == ["price": ["@currency": "EUR", "@unit": 1, "@kind": "net", "$": .number("9.90")]])
        #expect(try codec(fills: false).decode("<t:price>9.90</t:price>") == ["price": ["$": .number("9.90")]])
    }

    @Test func `null stays null`() throws {
        #expect(try codec(fills: true).decode("<t:price xsi:nil='true'/>") == ["price": nil])
    }

    @Test func `an empty element has its default, an absent one has not`() throws {
        let codec = Codec([.element("n", .int, .optional, default: "5"), .element("s", .text, default: "x")])
        #expect(try codec.decode("<t:n/><t:s></t:s>") == ["n": 5, "s": "x"])
        #expect(try codec.decode("<t:s><!-- c --></t:s>") == ["s": "x"])
        #expect(try codec.decode("<t:n>1</t:n><t:s> </t:s>") == ["n": 1, "s": " "])
    }

    @Test func `an empty element with attributes has its default too`() throws {
        #expect(
            try codec(fills: false, preset: "1.50").decode("<t:price id='7'/>")
                == ["price": ["@id": "7", "$": .number("1.50")]])
        #expect(
            try codec(fills: false, preset: "1.50").decode("<t:price id='7'>2</t:price>")
                == ["price": ["@id": "7", "$": .number("2")]])
    }

    @Test func `another value than the fixed one is refused`() throws {
        let codec = Codec { builder in
            [
                .element("v", .text, fixed: "1.0"), .element("price", .message(Self.price(&builder))),
                .element("q", .scalar(ScalarType(.qualifiedName)), .optional, fixed: "{urn:x}n"),
            ]
        }
        #expect(codec.violations("<t:v/><t:price kind='net'>1</t:price><t:q>x:n</t:q>") == [])
        #expect(
            codec.violations("<t:v>1</t:v><t:price kind='gross'>1</t:price><t:q>t:n</t:q>")
                == ["/v enum", "/price/@kind enum", "/q enum"])
    }

    @Test func `a default that is a qualified name needs no prefix`() throws {
        let codec = Codec([.element("q", .scalar(ScalarType(.qualifiedName)), default: "{urn:elsewhere}n")])
        #expect(try codec.decode("<t:q/>") == ["q": "{urn:elsewhere}n"])
    }
}
