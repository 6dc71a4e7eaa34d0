import Canonical
import Configuration
import Testing

@Suite struct RenderingTests {
    @Test func `a finding shows its line and marks its place`() {
        let text = whole(
            """
              orders: { endpoints: ["http://orders"] }
            routes:
              - path: /orders/**
                to: ordrs
            """)
        #expect(
            report(text) == """
                dragoman.yaml:9:9: error[route.unknown-upstream] routes[0].to: there is no upstream "ordrs"; \
                did you mean "orders" (line 6)?
                    9 |     to: ordrs
                      |         ^^^^^
                """)
    }

    @Test func `findings come in reading order, each with its line`() {
        let text = "version: 1\nlistener: {}\nworkers: two\n"
        #expect(
            report(text) == """
                dragoman.yaml:2:1: error[config.unknown-key] listener: unknown key; did you mean "listeners"?
                    2 | listener: {}
                      | ^^^^^^^^
                dragoman.yaml:3:10: error[config.wrong-type] workers: expected a whole number from 1 to 1024, found "two"
                    3 | workers: two
                      |          ^^^
                """)
    }

    @Test func `carets stand below what they mark behind tabs and other scripts`() {
        #expect(
            report("{\"version\":\t1, \"listeners\": {\"a\":\t{\"adress\": \":80\"}}}").hasSuffix(
                """
                    1 | {"version":\t1, "listeners": {"a":\t{"adress": ":80"}}}
                      |            \t                     \t ^^^^^^^^
                """))
        #expect(
            report(whole("{ héé: 1 }\n")).isEmpty == false)
        #expect(
            report("version: 1\nlisteners: { a: { address: ':80' } }\nüber: x\n").hasSuffix(
                """
                    3 | über: x
                      | ^^^^
                """))
    }

    @Test func `a value of several lines is marked where it begins`() {
        #expect(
            report("version: >\n  one\n  and more\nlisteners: { a: { address: ':80' } }").hasPrefix(
                "dragoman.yaml:1:10: error[config.wrong-type] version: expected 1, found \"one and more\n\""))
    }

    @Test func `a file that is not there is a finding without a place`() {
        let loaded = Configuration.load("none.yaml", files: MemoryFileSystem(), environment: [:])
        #expect(
            loaded.diagnostics.map { $0.text(in: loaded.sources) } == [
                #"error[config.missing-file] cannot read "none.yaml": there is no such file"#
            ])
        #expect(loaded.configuration == nil)
    }

    @Test func `secrets that stand in the file are not shown`() {
        let text = whole("  d: { contract: x, soap: { ws_security: { password: hunter2 } } }\n")
        #expect(
            report(text).contains("6 |   d: { contract: x, soap: { ws_security: { password: ******* } } }"))
        #expect(
            report(whole("  d: { endpoints: ['https://app:hunter2@host'] }\n"))
                .contains("6 |   d: { endpoints: [**************************] }"))
    }

    @Test func `a finding is an object for machines`() {
        let loaded = Configuration.parse("version: 2\nlisteners: { a: { address: ':80' } }")
        #expect(
            loaded.diagnostics.map { $0.json.text(indented: false) } == [
                #"{"severity":"error","rule":"config.wrong-type","message":"version: expected 1, found \"2\"","#
                    + #""file":"dragoman.yaml","line":1,"column":10,"length":1}"#
            ])
    }

    @Test func `JSON text is indented and escaped`() {
        let value: JSON = ["a": [1, true, .null, .number(0.5)], "b": [:], "c": "\"\\\n\t\r\u{1}é"]
        #expect(
            value.text() == #"""
                {
                  "a": [
                    1,
                    true,
                    null,
                    0.5
                  ],
                  "b": {},
                  "c": "\"\\\n\t\r\u0001é"
                }
                """#)
    }
}
