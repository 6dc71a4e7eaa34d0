import Canonical
import Configuration
import Testing

@Suite struct ExpansionTests {
    private func expanded(_ value: String, files: [String: String] = [:], environment: [String: String] = [:])
        -> String?
    {
        let text = whole("routes:\n  - path: /a\n    to: web\n    headers:\n      A: \(value)\n")
        let files = MemoryFileSystem(files: files)
        let loaded = Configuration.parse(text, files: files, environment: environment)
        return loaded.configuration?.routes.first?.headers.first?.value
    }

    @Test func `variables are replaced in values`() {
        #expect(expanded("${A}", environment: ["A": "1"]) == "1")
        #expect(expanded("x${A}-${B_2}y", environment: ["A": "1", "B_2": "2"]) == "x1-2y")
        #expect(expanded("'${A}'", environment: ["A": "{ not: yaml }"]) == "{ not: yaml }")
        #expect(expanded("${A}", environment: ["A": "${B}"]) == "${B}")
    }

    @Test func `a default stands in for what is missing or empty`() {
        #expect(expanded("${A:-b c}") == "b c")
        #expect(expanded("${A:-b}", environment: ["A": ""]) == "b")
        #expect(expanded("${A:-b}", environment: ["A": "a"]) == "a")
        #expect(expanded("x${A:-}") == "x")
    }

    @Test func `a file's last newline is not part of a secret`() {
        #expect(expanded("${file:/run/token}", files: ["/run/token": "hunter2\n"]) == "hunter2")
        #expect(expanded("${file:token}", files: ["token": "hunter2"]) == "hunter2")
    }

    @Test func `two dollars are one`() {
        #expect(expanded("$${A}", environment: ["A": "1"]) == "${A}")
        #expect(expanded("$A $ {}") == "$A $ {}")
    }

    @Test func `keys are never expanded`() {
        #expect(
            findings(whole("${A}: 1"), environment: ["A": "workers"]) == [
                #"6:1 error[config.unknown-key] ["${A}"]: unknown key"#
            ])
    }

    @Test(arguments: [
        ("workers: ${A}", "6:10 error[config.missing-variable] the variable A is not set"),
        ("workers: \"1${A}\"", "6:12 error[config.missing-variable] the variable A is not set"),
        ("workers: ${file:/no}", #"6:10 error[config.missing-file] cannot read "/no": there is no such file"#),
        ("workers: ${A", ##"6:10 error[config.bad-variable] "${" has no closing "}""##),
        (
            "workers: ${1}",
            #"6:10 error[config.bad-variable] "${1}" is none of ${VAR}, ${VAR:-default} and ${file:/path}"#
        ),
        (
            "workers: ${A-b}",
            #"6:10 error[config.bad-variable] "${A-b}" is none of ${VAR}, ${VAR:-default} and ${file:/path}"#
        ),
    ])
    func `what cannot be expanded is the only finding about its value`(text: String, finding: String) {
        #expect(findings(whole(text)) == [finding])
    }

    @Test func `what came from outside is never shown`() {
        let text = whole("routes: [ { path: /a, to: \"${A}\", timeout: \"${file:/a}\" } ]")
        let shown = report(text, files: ["/a": "hunter2"], environment: ["A": "hunter3"])
        #expect(!shown.contains("hunter"))
        #expect(shown.contains(#"there is no upstream "${A}""#))
        #expect(shown.contains(#"found "${file:/a}""#))
    }

    @Test func `the source map tells what must not be printed`() {
        let text = whole("routes: [ { path: \"${A}\", to: \"${B:-web}\" } ]")
        let loaded = Configuration.parse(text, environment: ["A": "/a"])
        #expect(loaded.sources.reference(at: "routes[0].path") == "${A}")
        #expect(loaded.sources.reference(at: "routes[0].to") == nil)
    }
}
