import Testing

@testable import REST

@Suite struct PatternTests {
    @Test(arguments: [
        ("[A-Z]{3}", "^(?:[A-Z]{3})$"), ("a|b", "^(?:a|b)$"), ("a^b$c", #"^(?:a\^b\$c)$"#), ("[^a]/", #"^(?:[^a]\/)$"#),
        (#"\d+\.\d"#, #"^(?:\d+\.\d)$"#), (#"a\-b"#, "^(?:a-b)$"), (#"[a\-b]"#, #"^(?:[a\-b])$"#), ("", "^(?:)$"),
        (#"[$^]"#, "^(?:[$^])$"), (#"\\-"#, #"^(?:\\-)$"#),
    ])
    func `a pattern of XSD is one of ECMA-262`(xsd: String, ecma: String) {
        #expect(JSONSchemaWriter.ecmaPattern(xsd) == ecma)
    }

    @Test(arguments: [#"\i\c*"#, #"\p{Lu}"#, #"\P{IsGreek}"#, "[a-z-[aeiou]]", #"\I"#, #"\C"#])
    func `a pattern that ECMA-262 cannot say is none`(xsd: String) {
        #expect(JSONSchemaWriter.ecmaPattern(xsd) == nil)
    }
}
