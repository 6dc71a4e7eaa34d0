internal import ArgumentParser
internal import Configuration

/// `dragoman schema`: the configuration's language, for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (2020-12) of the configuration file.")

    @Flag(help: "Print JSON, which the schema always is.")
    var json = false

    func run() {
        print(Configuration.schema.text())
    }
}
