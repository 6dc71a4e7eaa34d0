internal import ArgumentParser

/// The command line: one verb a file, below `Commands`. Verbs say their names themselves, since to make them of the types'
/// is a tenth of a start.
@main
struct Dragoman: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dragoman",
        abstract: "A gateway that offers one contract in every protocol.",
        subcommands: [
            Serve.self, Demo.self, Check.self, Lock.self, Routes.self, Describe.self, SchemaCommand.self,
            VersionCommand.self,
            Completion.self,
        ])

    /// Runs the verb. Exit codes: 0 all is well, 1 there are findings, 2 the command line makes no sense.
    static func main() async {
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error) + "\n")
            exit(withError: ExitStatus.usage)
        }
    }
}
