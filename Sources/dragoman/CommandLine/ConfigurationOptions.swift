internal import ArgumentParser
internal import Configuration
internal import FoundationEssentials

/// What every verb that reads a configuration understands.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file = "dragoman.yaml"

    @Flag(help: "Print JSON.")
    var json = false

    func load() -> LoadedConfiguration {
        Configuration.load(file, environment: ProcessInfo.processInfo.environment)
    }
}
