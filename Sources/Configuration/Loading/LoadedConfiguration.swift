public import Canonical

/// What reading a configuration came to.
public struct LoadedConfiguration: Sendable {
    /// Nil when there is an error among the findings.
    public let configuration: Configuration?
    /// In reading order.
    public let diagnostics: [Diagnostic]
    public let sources: SourceMap

    public init(configuration: Configuration?, diagnostics: [Diagnostic], sources: SourceMap) {
        self.configuration = configuration
        self.diagnostics = diagnostics
        self.sources = sources
    }
}

extension Configuration {
    /// Reads the file at `path` and what it includes, and checks all that can be checked without contracts.
    ///
    /// - Parameters:
    ///   - files: Where files come from.
    ///   - environment: The variables that `${VAR}` may name.
    public static func load(
        _ path: String, files: any FileSystem = LocalFileSystem(), environment: [String: String]
    ) -> LoadedConfiguration {
        var loader = Loader(files: files, environment: environment)
        do throws(FileProblem) {
            let bytes = try files.read(path)
            return loader.load(bytes, named: path)
        } catch {
            let finding = Diagnostic(.error, "config.missing-file", "cannot read \"\(path)\": \(error.sentence)")
            return LoadedConfiguration(configuration: nil, diagnostics: [finding], sources: SourceMap())
        }
    }

    /// Reads a configuration from `text`, as `load` does; `name` is what findings call it.
    public static func parse(
        _ text: String, named name: String = "dragoman.yaml", files: any FileSystem = LocalFileSystem(),
        environment: [String: String] = [:]
    ) -> LoadedConfiguration {
        var loader = Loader(files: files, environment: environment)
        return loader.load(Array(text.utf8), named: name)
    }
}
