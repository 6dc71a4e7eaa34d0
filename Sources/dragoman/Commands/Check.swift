internal import ArgumentParser
internal import Canonical
internal import Configuration

/// `dragoman check`: everything that is wrong with a configuration, at once.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell everything that is wrong with a configuration.",
        discussion: """
            Reads the file, what it includes and the contracts it names, and asks services for those that are theirs to say; \
            nothing is started or written.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Let warnings fail as well.")
    var strict = false

    func run() async throws {
        let project = await Project.load(options.load())
        let findings = project.findings
        print(options.json ? findings.json.text() : findings.text(about: options.file))
        let fails = findings.diagnostics.contains { $0.severity == .error || strict && $0.severity == .warning }
        if fails { throw ExitStatus.findings }
    }
}
