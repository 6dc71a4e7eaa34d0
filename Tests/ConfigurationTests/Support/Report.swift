import Canonical
import Configuration

/// Reads `text` and returns what the user would see.
func report(_ text: String, files: [String: String] = [:], environment: [String: String] = [:]) -> String {
    let loaded = Configuration.parse(text, files: MemoryFileSystem(files: files), environment: environment)
    return loaded.diagnostics.map { $0.text(in: loaded.sources) }.joined(separator: "\n")
}

/// A configuration that is whole, with `text` added; it has 5 lines.
func whole(_ text: String) -> String {
    """
    version: 1
    listeners: { public: { address: ":8080" } }
    upstreams:
      bank: { contract: bank.wsdl }
      web: { endpoints: ["http://web:3000"] }

    """ + text
}

/// The findings about `text`, one line each: `6:5 error[rule] message`.
func findings(_ text: String, files: [String: String] = [:], environment: [String: String] = [:]) -> [String] {
    let loaded = Configuration.parse(text, files: MemoryFileSystem(files: files), environment: environment)
    return loaded.diagnostics.map { finding in
        let place = finding.location.map { place in
            (place.file == "dragoman.yaml" ? "" : place.file + ":") + "\(place.line):\(place.column) "
        }
        return "\(place ?? "")\(finding.severity.rawValue)[\(finding.rule)] \(finding.message)"
    }
}
