import Canonical
import Configuration
import Testing

@Suite struct ServiceConfigurationTests {
    private func read(_ text: String) -> (rules: [String], findings: [String]) {
        let (configuration, findings) = ServiceConfiguration.read(Array(text.utf8), named: "s.yaml")
        return (
            (configuration?.rules ?? []).map { rule in
                ([rule.binding] + rule.additional).reduce("\(rule.selector):\(rule.location.line)") {
                    "\($0) \($1.method) \($1.path) \($1.body) \($1.responseBody)"
                }
            },
            findings.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.rule) \($0.message)" }
        )
    }

    @Test func `YAML and JSON say the same`() {
        let yaml = """
            type: google.api.Service
            name: x.example.com
            http:
              rules:
              - selector: a.B.Get
                get: /v1/{name=a/*}
                response_body: items
                additional_bindings:
                - custom: { kind: SEARCH, path: /v1/a }
                  body: "*"
              - selector: a.B.Put
                put: /v1/b
                body: item
            """
        let json = #"""
            {"http":{"rules":[{"selector":"a.B.Get","get":"/v1/{name=a/*}","responseBody":"items","additionalBindings":
            [{"custom":{"kind":"SEARCH","path":"/v1/a"},"body":"*"}]},{"selector":"a.B.Put","put":"/v1/b","body":"item"}]}}
            """#
        let wanted = ["a.B.Get GET /v1/{name=a/*}  items SEARCH /v1/a * ", "a.B.Put PUT /v1/b item "]
        for text in [yaml, json] {
            #expect(read(text).rules.map { $0.replacing(/:[0-9]+/, with: "", maxReplacements: 1) } == wanted)
            #expect(read(text).findings == [])
        }
        #expect(read(yaml).rules[0].hasPrefix("a.B.Get:5 "))
    }

    @Test(arguments: [
        ("name: x", "1:1 config.missing-key the file has no \"http\" and so no rules"),
        ("http: { rules: [{ get: /x }] }", "1:17 config.missing-key http.rules[0]: the key \"selector\" is missing"),
        (
            "http: { rules: [{ selector: a }] }",
            "1:17 config.missing-key http.rules[0]: a rule has one of get, put, post, delete, patch, custom"
        ),
        (
            "http: { rules: [{ selector: a, get: /x, put: /y }] }",
            "1:41 route.ambiguous http.rules[0]: the rule has \"get\" already"
        ),
        (
            "http: { rules: [{ selector: a, gett: /x, put: /y }] }",
            "1:32 config.unknown-key http.rules[0].gett: unknown key; did you mean \"get\"?"
        ),
        ("http: { rule: [] }", "1:9 config.unknown-key http.rule: unknown key"),
        (
            "http: { fully_decode_reserved_expansion: true }",
            "1:9 config.unsupported http.fully_decode_reserved_expansion: `fully_decode_reserved_expansion` is not supported by this version"
        ),
        ("http: []", "1:7 config.wrong-type http: expected a mapping, found a list"),
    ])
    func `what cannot be read is said with its place`(text: String, finding: String) {
        let (rules, findings) = read(text)
        #expect(rules == [] && findings == [finding])
    }
}
