import Configuration
import Testing

@Suite struct YAMLTests {
    @Test func `JSON is read as well`() {
        let json = #"{"version": 1, "listeners": {"a": {"address": "127.0.0.1:0", "limits": {"body": 10}}}}"#
        #expect(Configuration.parse(json).configuration?.listeners.first?.limits.body == 10)
    }

    @Test func `aliases repeat and merge keys add`() throws {
        let text = """
            version: 1
            listeners:
              a: &a { address: ":0", limits: &limits { requests: 5, body: 1KiB } }
              b: { <<: *a, limits: { <<: *limits, requests: 7 } }
            """
        let loaded = Configuration.parse(text)
        let listener = try #require(loaded.configuration?.listeners.last)
        #expect(listener.address == .tcp(host: "0.0.0.0", port: 0))
        #expect(listener.limits.requests == 7)
        #expect(listener.limits.body == 1024)
    }

    @Test func `aliases cannot grow without bound`() {
        var text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        for level in 1...20 {
            let again = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(again)]\n"
        }
        #expect(
            findings(text).contains { $0.contains("error[config.too-large] aliases repeat more than 100000 values") })
    }

    @Test func `nesting has a bound`() {
        let text = "a: " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(findings(text) == ["1:67 error[config.too-deep] nested deeper than 64 levels"])
    }

    @Test func `braces without quotes are explained`() {
        #expect(
            findings("version: 1\nobserve: { path: ${A} }\n") == [
                #"2:19 error[config.syntax] did not find expected ',' or '}' (while parsing a flow mapping); "#
                    + #"a value with "${" needs quotes inside {…} and […]"#
            ])
    }

    @Test func `text that is no text is a finding`() {
        let loaded = Configuration.load(
            "x.yaml", files: BytesFileSystem(bytes: Array("version: 1 # ".utf8) + [0xFF, 0xFE]), environment: [:])
        #expect(loaded.configuration == nil)
        #expect(loaded.diagnostics.count == 1)
    }

    @Test func `every prefix of the example is read without a trap`() {
        let text = exampleConfiguration
        for length in stride(from: 0, to: text.count, by: 41) {
            _ = Configuration.parse(String(text.prefix(length)))
        }
    }
}

private struct BytesFileSystem: FileSystem {
    var bytes: [UInt8]
    func read(_ path: String) throws(FileProblem) -> [UInt8] { bytes }
    func names(in folder: String) -> [String] { [] }
}
