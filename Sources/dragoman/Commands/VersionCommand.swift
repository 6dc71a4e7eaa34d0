internal import ArgumentParser
internal import Canonical
internal import Configuration

/// `dragoman version`: what this program is and what it can do.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version and what it can do.")

    @Flag(help: "Print JSON.")
    var json = false

    private static let version = "0.1.0"

    /// Told by what the configuration understands, so that this never promises more.
    private static let features: [(name: String, values: [String])] = [
        ("faces", Configuration.Exposure.Face.allCases.map(\.rawValue)),
        ("protocols", Configuration.Listener.WireProtocol.allCases.map(\.rawValue)),
        ("upstreams", Configuration.Endpoint.Scheme.allCases.map(\.rawValue)),
        ("contracts", Modules.contractReaders.flatMap(\.fileExtensions)),
    ]

    func run() {
        print(json ? Self.document.text() : Self.text)
    }

    private static var text: String {
        let features = features.map { "\($0.name): \($0.values.joined(separator: ", "))" }
        return (["dragoman \(version)"] + features).joined(separator: "\n")
    }

    private static var document: JSON {
        let features = features.map { (key: $0.name, value: JSON.array($0.values.map { .string($0) })) }
        return ["version": .string(version), "features": .object(features)]
    }
}
