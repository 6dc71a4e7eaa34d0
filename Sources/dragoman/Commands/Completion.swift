internal import ArgumentParser
internal import Configuration

/// `dragoman completion SHELL`: what makes the shell complete verbs and options.
struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print the completion script for a shell.")

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "The shell.")
    var shell: Shell

    @Flag(help: "Print the script as a JSON string.")
    var json = false

    func run() {
        let script = Dragoman.completionScript(for: CompletionShell(rawValue: shell.rawValue) ?? .bash)
        print(json ? JSON.string(script).text() : script)
    }
}
