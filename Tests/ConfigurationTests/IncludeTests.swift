import Canonical
import Configuration
import Testing

@Suite struct IncludeTests {
    private func load(_ files: [String: String]) -> LoadedConfiguration {
        Configuration.load("etc/dragoman.yaml", files: MemoryFileSystem(files: files), environment: [:])
    }

    private func findings(_ files: [String: String]) -> [String] {
        load(files).diagnostics.map { finding in
            let place = finding.location.map { "\($0.file):\($0.line):\($0.column) " } ?? ""
            return "\(place)\(finding.severity.rawValue)[\(finding.rule)] \(finding.message)"
        }
    }

    private let main = "version: 1\nlisteners: { a: { address: ':0' } }\nroutes: [ { path: /, to: web } ]\n"

    @Test func `included listeners, upstreams and routes are added`() throws {
        let loaded = load([
            "etc/dragoman.yaml": main + "include: more/*.yaml\n",
            "etc/more/1.yaml": "upstreams: { web: { endpoints: ['http://w'] } }\nroutes: [ { path: /b, to: web } ]",
            "etc/more/2.yaml": "version: 1\nupstreams: { soap: { contract: a.wsdl } }\nroutes: [ { expose: soap.* } ]",
            "etc/more/ignored.yml": "nonsense",
        ])
        #expect(loaded.diagnostics.isEmpty)
        let configuration = try #require(loaded.configuration)
        #expect(configuration.upstreams.map(\.name) == ["web", "soap"])
        #expect(configuration.routes.map(\.name) == ["routes[0]", "routes[1]", "routes[2]"])
        #expect(configuration.upstreams.last?.contract == .file("etc/more/a.wsdl"))
        #expect(loaded.sources.files == ["etc/dragoman.yaml", "etc/more/1.yaml", "etc/more/2.yaml"])
        #expect(loaded.sources.location(of: "routes[1].path")?.file == "etc/more/1.yaml")
    }

    @Test func `a finding in an included file shows that file`() {
        let loaded = load([
            "etc/dragoman.yaml": main + "upstreams: { web: { endpoints: ['http://w'] } }\ninclude: [b.yaml]\n",
            "etc/b.yaml": "routes:\n  - path: /b\n    to: wbe\n",
        ])
        #expect(
            loaded.diagnostics.map { $0.text(in: loaded.sources) } == [
                """
                etc/b.yaml:3:9: error[route.unknown-upstream] routes[1].to: there is no upstream "wbe"; \
                did you mean "web" (etc/dragoman.yaml, line 4)?
                    3 |     to: wbe
                      |         ^^^
                """
            ])
    }

    @Test func `what two files set is a finding`() {
        #expect(
            findings([
                "etc/dragoman.yaml": main
                    + "upstreams: { web: { endpoints: ['http://w'] } }\ninclude: [b.yaml]\nworkers: 1\n",
                "etc/b.yaml": "upstreams: { web: { endpoints: ['http://w'] } }\nworkers: 2\nroutes: {}\n",
            ]) == [
                #"etc/b.yaml:1:14 error[config.duplicate-key] "web" is already set in etc/dragoman.yaml, line 4"#,
                #"etc/b.yaml:2:1 error[config.duplicate-key] "workers" is already set in etc/dragoman.yaml, line 6"#,
                #"etc/b.yaml:3:9 error[config.wrong-type] routes: expected a list, found a mapping"#,
            ])
    }

    @Test func `files that include each other are a finding`() {
        let files = [
            "etc/dragoman.yaml": "include: a/b.yaml\n" + main + "upstreams: { web: { endpoints: ['http://w'] } }\n",
            "etc/a/b.yaml": "include: ../c.yaml\n", "etc/c.yaml": "include: ['./a/b.yaml']\n",
        ]
        var all = files
        all["etc/a/../c.yaml"] = files["etc/c.yaml"]
        all["etc/a/.././a/b.yaml"] = files["etc/a/b.yaml"]
        #expect(
            findings(all) == [
                "etc/a/../c.yaml:1:11 error[config.include-cycle] include: files include each other: "
                    + "etc/a/b.yaml → etc/c.yaml → etc/a/b.yaml"
            ])
    }

    @Test func `a file that two others include is read once`() {
        let loaded = load([
            "etc/dragoman.yaml": "include: ['a.yaml', 'b.yaml']\n" + main,
            "etc/a.yaml": "include: c.yaml", "etc/b.yaml": "include: c.yaml",
            "etc/c.yaml": "upstreams: { web: { endpoints: ['http://w'] } }",
        ])
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.configuration?.upstreams.count == 1)
    }

    @Test func `a missing file is an error, an empty pattern a warning`() {
        #expect(
            findings([
                "etc/dragoman.yaml": main
                    + "upstreams: { web: { endpoints: ['http://w'] } }\ninclude: [no.yaml, no/*.yaml]\n"
            ]) == [
                #"etc/dragoman.yaml:5:11 error[config.missing-file] include: cannot read "etc/no.yaml": there is no such file"#,
                #"etc/dragoman.yaml:5:20 warning[config.empty-include] include: no file matches "no/*.yaml""#,
            ])
    }
}
