internal import Canonical
internal import Glibc
internal import Reactor

/// What the gateway has to say while it serves, one line a finding on standard error:
/// `2026-11-23T09:17:03.123Z warning[response.invalid] bank.GetAccount: …`.
final class ServerLog: Sendable {
    private let file: LogFile

    init(descriptor: Int32 = STDERR_FILENO) throws(ReactorError) {
        file = try LogFile(descriptor: descriptor)
    }

    /// Writes one line; control characters, which may come from a service, are shown as `\u{…}`. Never waits.
    func write(_ severity: Diagnostic.Severity, _ rule: String, _ message: String) {
        var line = "\(WallTime.current().timestamp) \(severity.rawValue)[\(rule)] "
        for scalar in message.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format:
                line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        file.append(Array(line.utf8) + [0x0A])
    }

    func close() {
        file.close(within: .seconds(1))
    }
}
